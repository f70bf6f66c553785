//! The error of decoding JSON.

use std::fmt;

/// What was decoded, as error messages call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    ResponseBody,
    #[cfg(feature = "stream")]
    Line,
    #[cfg(feature = "stream")]
    EventData,
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ResponseBody => "response body",
            #[cfg(feature = "stream")]
            Self::Line => "line",
            #[cfg(feature = "stream")]
            Self::EventData => "event data",
        })
    }
}

/// In which way a document could not be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The document is blank.
    Empty,
    /// The document is not JSON.
    Syntax,
    /// The document is incomplete, or does not match the type.
    Mismatch,
}

/// Why a document could not be decoded.
///
/// The message never contains a value of the document: servers echo what they were sent, and errors are logged.
#[derive(Debug)]
pub(crate) struct DecodeError {
    failure: Failure,
    message: String,
}

impl DecodeError {
    pub(crate) fn new(failure: Failure, message: String) -> Self {
        Self { failure, message }
    }

    pub(crate) fn failure(&self) -> Failure {
        self.failure
    }

    pub(crate) fn into_message(self) -> String {
        self.message
    }
}
