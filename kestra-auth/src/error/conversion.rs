//! Other libraries' errors become ours: what they are is kept, what they say is not.
//!
//! reqwest's error prints the URL, hyper's and h2's may print what the server sent. Of the chain only an I/O
//! error survives, as its kind and number.

use std::error::Error as StdError;
use std::io;

use super::{BoxError, Error, ErrorKind};

/// The error of the default transport.
pub(crate) fn from_transport(error: &reqwest::Error) -> Error {
    let io = find_io(error);
    let timed_out = error.is_timeout() || io.as_ref().is_some_and(|io| io.kind() == io::ErrorKind::TimedOut);
    let ours = if timed_out && error.is_connect() {
        Error::new(ErrorKind::Timeout, "the connection took longer than its time limit")
    } else if timed_out {
        Error::new(ErrorKind::Timeout, "the server sent nothing for longer than the read time limit")
    } else if error.is_builder() {
        Error::build("the request could not be built")
    } else if error.is_connect() {
        Error::connect()
    } else if error.is_body() || error.is_decode() {
        Error::new(ErrorKind::Body, "the body could not be read to its end")
    } else {
        Error::new(ErrorKind::Connect, "the connection broke before an answer came")
    };
    match io {
        Some(io) => ours.with_source(Box::new(io)),
        None => ours,
    }
}

/// The error of a layer, or of a transport that a user brings.
pub(crate) fn from_service(error: BoxError) -> Error {
    let error = match error.downcast::<Error>() {
        Ok(ours) => return *ours,
        Err(error) => error,
    };
    if let Some(error) = error.downcast_ref::<reqwest::Error>() {
        return from_transport(error);
    }
    let Some(io) = error.downcast_ref::<io::Error>() else {
        return Error::new(ErrorKind::Layer, "a layer or the transport failed").with_source(error);
    };
    match io.kind() {
        io::ErrorKind::TimedOut => Error::timeout(),
        _ => Error::connect(),
    }
    .with_source(Box::new(without_words(io)))
}

fn find_io(error: &(dyn StdError + 'static)) -> Option<io::Error> {
    let mut next = error.source();
    while let Some(error) = next {
        if let Some(io) = error.downcast_ref::<io::Error>() {
            return Some(without_words(io));
        }
        next = error.source();
    }
    None
}

/// An I/O error may wrap any other; its kind and the system's number have no words of a server's.
fn without_words(error: &io::Error) -> io::Error {
    error.raw_os_error().map_or_else(|| error.kind().into(), io::Error::from_raw_os_error)
}
