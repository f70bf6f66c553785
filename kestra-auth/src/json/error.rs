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

/// Why a document could not be decoded.
///
/// The message never contains a value of the document: servers echo what they were sent, and errors are logged.
#[derive(Debug)]
pub(crate) struct DecodeError {
    message: String,
}

impl DecodeError {
    pub(crate) fn new(message: String) -> Self {
        Self { message }
    }

    pub(crate) fn into_message(self) -> String {
        self.message
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for DecodeError {}
