//! Converting the errors of other libraries: their kind is kept, their message is not.
//!
//! The message of a reqwest error has the URL, and those of hyper and h2 may quote what the server sent. Of a chain of
//! causes only an I/O error is kept, reduced to its kind and the system's error number.

use std::error::Error as StdError;
use std::io;

use super::kind::ErrorKind;
use super::{BoxError, Error};

/// Converts the error of the default transport.
pub(crate) fn from_transport(error: &reqwest::Error) -> Error {
    let io = find_io(error);
    // The operating system has its own time limit for connecting, which reqwest does not report as a timeout.
    let timed_out = error.is_timeout() || io.as_ref().is_some_and(|io| io.kind() == io::ErrorKind::TimedOut);
    let converted = if timed_out && error.is_connect() {
        Error::new(ErrorKind::Timeout, "connecting to the server exceeded the time limit")
    } else if timed_out {
        Error::new(ErrorKind::Timeout, "the server sent nothing within the read time limit")
    } else if error.is_builder() {
        Error::build("the transport could not build the request")
    } else if error.is_connect() {
        Error::connect()
    } else if error.is_body() || error.is_decode() {
        Error::new(ErrorKind::Body, "the response body could not be read to its end")
    } else {
        Error::new(ErrorKind::Connect, "the connection was lost before a response arrived")
    };
    match io {
        Some(io) => converted.with_source(io),
        None => converted,
    }
}

/// Converts the error of a layer, or of a transport other than the default one.
pub(crate) fn from_service(error: BoxError) -> Error {
    // An error of this crate has passed through the layers and must not be wrapped again.
    let error = match error.downcast::<Error>() {
        Ok(ours) => return *ours,
        Err(error) => error,
    };
    // A layer may box the error of a reqwest client, whose message has the URL.
    if let Some(error) = error.downcast_ref::<reqwest::Error>() {
        return from_transport(error);
    }
    let Some(io) = error.downcast_ref::<io::Error>() else {
        return Error::new(ErrorKind::Layer, "a layer or the transport failed").with_source(error);
    };
    let converted = match io.kind() {
        io::ErrorKind::TimedOut => Error::timeout(),
        _ => Error::connect(),
    };
    converted.with_source(without_message(io))
}

fn find_io(error: &(dyn StdError + 'static)) -> Option<io::Error> {
    let mut next = error.source();
    while let Some(error) = next {
        if let Some(io) = error.downcast_ref::<io::Error>() {
            return Some(without_message(io));
        }
        next = error.source();
    }
    None
}

/// Copies an I/O error without the error that it may wrap, whose message may quote the server.
fn without_message(error: &io::Error) -> io::Error {
    error.raw_os_error().map_or_else(|| error.kind().into(), io::Error::from_raw_os_error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drops_the_message_of_an_io_error() {
        let io = io::Error::new(io::ErrorKind::ConnectionReset, "the secret");
        let error = from_service(Box::new(io));
        assert!(error.is_connect());
        assert_eq!(error.source().unwrap().to_string(), "connection reset");
        assert!(from_service(Box::new(io::Error::from(io::ErrorKind::TimedOut))).is_timeout());
    }

    #[test]
    fn keeps_its_own_errors() {
        assert!(from_service(Box::new(Error::timeout())).is_timeout());
        assert!(from_service("other".into()).is_layer());
    }
}
