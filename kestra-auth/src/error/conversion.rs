//! Converting the errors of other libraries: their kind is kept, their message is not.
//!
//! The message of a reqwest error has the URL, and those of hyper and h2 may quote what the server sent. Of a chain of
//! causes only an I/O error is kept, reduced to its kind and the system's error number.

use std::error::Error as StdError;
use std::io;

#[cfg(feature = "hyper")]
use super::connect_failure::ConnectFailure;
use super::kind::{Cause, ErrorKind};
use super::tls;
use super::{BoxError, Error};

/// What a library says about an error of its own.
struct Failure {
    step: Step,
    timed_out: bool,
}

/// At which step a transport failed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Build,
    Resolve,
    Connect,
    /// Between the connection and the head of the response.
    Request,
    /// After the head of the response.
    Body,
}

/// Converts the error of reqwest. `was_used` says that an earlier response came from its connection.
pub(crate) fn from_reqwest(error: &reqwest::Error, was_used: bool) -> Error {
    let step = if error.is_builder() {
        Step::Build
    } else if error.is_dns() {
        Step::Resolve
    } else if error.is_body() || error.is_decode() {
        Step::Body
    } else if error.is_connect() {
        Step::Connect
    } else {
        Step::Request
    };
    convert(error, &Failure { step, timed_out: error.is_timeout() }, was_used)
}

/// Converts the error of a request that hyper-util's client sent. `was_used` says that an earlier response came
/// from its connection.
#[cfg(feature = "hyper")]
pub(crate) fn from_hyper(error: &hyper_util::client::legacy::Error, was_used: bool) -> Error {
    let converted = |step, timed_out| convert(error, &Failure { step, timed_out }, was_used);
    let of_failure = find(error, |error| match error.downcast_ref::<ConnectFailure>()? {
        ConnectFailure::TimedOut => Some(converted(Step::Connect, true)),
        ConnectFailure::Dns(_) => Some(converted(Step::Resolve, false)),
        unsupported => Some(Error::build(unsupported.to_string())),
    });
    let step = if error.is_connect() { Step::Connect } else { Step::Request };
    of_failure.unwrap_or_else(|| converted(step, is_timeout(error)))
}

/// Converts the error of a response body that hyper reads.
#[cfg(feature = "hyper")]
pub(crate) fn from_hyper_body(error: &hyper::Error) -> Error {
    convert(error, &Failure { step: Step::Body, timed_out: is_timeout(error) }, false)
}

/// Returns whether hyper closed the connection because the server had been silent.
#[cfg(feature = "hyper")]
fn is_timeout(error: &(dyn StdError + 'static)) -> bool {
    find(error, |error| error.downcast_ref::<hyper::Error>().filter(|error| error.is_timeout()).map(|_| ())).is_some()
}

/// Converts the error of a transport.
fn convert(error: &(dyn StdError + 'static), failure: &Failure, was_used: bool) -> Error {
    let io = find_io(error);
    // The operating system has its own time limit for connecting, which libraries do not report as a timeout.
    let timed_out = failure.timed_out || io.as_ref().is_some_and(|io| io.kind() == io::ErrorKind::TimedOut);
    let converted = convert_step(error, failure.step, timed_out);
    let is_tls = converted.is_tls();
    let converted = match io {
        Some(io) if !is_tls => converted.with_source(io),
        _ => converted,
    };
    // Servers close connections when they like, and a request can cross that on the wire. Another connection may work.
    let was_lost = was_used && failure.step == Step::Request && !is_tls && find(error, is_lost).is_some();
    if was_lost { converted.caused_by(Cause::UsedConnectionLost) } else { converted }
}

fn convert_step(error: &(dyn StdError + 'static), step: Step, timed_out: bool) -> Error {
    let is_connecting = matches!(step, Step::Resolve | Step::Connect);
    if timed_out && is_connecting {
        Error::new(ErrorKind::Timeout, "connecting to the server exceeded the time limit").reached_server(false)
    } else if timed_out {
        silence()
    } else if step == Step::Build {
        Error::build("the transport could not build the request")
    } else if step == Step::Resolve {
        Error::new(ErrorKind::Connect, "could not resolve the host name").caused_by(Cause::Dns)
    } else if step == Step::Body {
        truncated()
    } else if let Some(detail) = find(error, tls::describe) {
        // With TLS 1.3, a server rejects a client certificate when the request may be on its way.
        Error::new(ErrorKind::Connect, detail).caused_by(Cause::Tls).reached_server(!is_connecting)
    } else if is_connecting {
        Error::connect()
    } else if let Some(detail) = find(error, describe_protocol) {
        Error::new(ErrorKind::Protocol, detail)
    } else if find(error, is_not_processed).is_some() {
        Error::new(ErrorKind::Connect, "the server closed the connection without processing the request")
    } else {
        Error::new(ErrorKind::Connect, "the connection was lost before a response arrived").reached_server(true)
    }
}

/// Builds the error of a body that ends early.
pub(crate) fn truncated() -> Error {
    Error::new(ErrorKind::Body, "the response body could not be read to its end").caused_by(Cause::Truncated)
}

/// Builds the error of a server that has been silent for too long.
pub(crate) fn silence() -> Error {
    Error::new(ErrorKind::Timeout, "the server sent nothing within the read time limit")
}

/// Converts an error of reqwest, whose message has the URL. Other errors are returned as they are.
pub(crate) fn without_url(error: BoxError) -> BoxError {
    match error.downcast_ref::<reqwest::Error>() {
        Some(reqwest) => Box::new(from_reqwest(reqwest, false)),
        None => error,
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
        return from_reqwest(error, false);
    }
    if error.is::<tower::timeout::error::Elapsed>() || error.is::<tokio::time::error::Elapsed>() {
        return Error::new(ErrorKind::Timeout, "a layer or the transport exceeded its time limit");
    }
    let Some(io) = error.downcast_ref::<io::Error>() else {
        return Error::new(ErrorKind::Layer, "a layer or the transport failed").with_source(error);
    };
    let converted = match io.kind() {
        io::ErrorKind::TimedOut => Error::timeout(),
        io::ErrorKind::ConnectionRefused => Error::connect(),
        _ => Error::connect().reached_server(true),
    };
    converted.with_source(without_message(io))
}

/// Converts the error of a body that comes from a stream, a layer or a transport other than the default one.
pub(crate) fn from_body(error: BoxError) -> Error {
    let Some(io) = error.downcast_ref::<io::Error>() else { return from_service(error) };
    let detail = "the body could not be read to its end";
    Error::new(ErrorKind::Body, detail).caused_by(Cause::Truncated).with_source(without_message(io))
}

fn find_io(error: &(dyn StdError + 'static)) -> Option<io::Error> {
    find(error, |error| error.downcast_ref::<io::Error>().map(without_message))
}

/// Returns what `describe` makes of an error, or of the first one of its causes that it knows.
pub(crate) fn find<T>(
    error: &(dyn StdError + 'static),
    describe: impl Fn(&(dyn StdError + 'static)) -> Option<T>,
) -> Option<T> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(description) = describe(error) {
            return Some(description);
        }
        // The `source` of an I/O error is that of the error it wraps, and not this error.
        next = match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(wrapped) => Some(wrapped),
            None => error.source(),
        };
    }
    None
}

/// Says that what arrived is not a response.
fn describe_protocol(error: &(dyn StdError + 'static)) -> Option<&'static str> {
    let is_hypers = error.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_parse);
    // With HTTP/2, it is h2 that checks frames and headers, and ends the stream or the connection.
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    let is_h2s = error.downcast_ref::<h2::Error>().is_some_and(|error| {
        error.is_library() && !matches!(error.reason(), Some(h2::Reason::NO_ERROR | h2::Reason::CANCEL))
    });
    #[cfg(not(any(feature = "rustls", feature = "native-tls")))]
    let is_h2s = false;
    (is_hypers || is_h2s).then_some("the response is not valid HTTP, or has too many headers")
}

/// Recognizes that the server has not processed the request: it says so, or the request was not sent.
fn is_not_processed(error: &(dyn StdError + 'static)) -> Option<()> {
    // RFC 9113, section 8.7. A GOAWAY ends the requests that the server will not process, and no others: those it may
    // have processed end with the connection.
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    if let Some(error) = error.downcast_ref::<h2::Error>() {
        let is_refused = error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM);
        return (error.is_remote() && (is_refused || error.is_go_away())).then_some(());
    }
    error.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_canceled).then_some(())
}

/// Recognizes that the connection is lost, and not only this request.
fn is_lost(error: &(dyn StdError + 'static)) -> Option<()> {
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    if let Some(error) = error.downcast_ref::<h2::Error>() {
        return (error.is_io() || error.is_remote() && error.is_go_away()).then_some(());
    }
    // A server that does not respond to a PING is a timeout of hyper's.
    let is_lost = error.is::<io::Error>()
        || error
            .downcast_ref::<hyper::Error>()
            .is_some_and(|error| error.is_incomplete_message() || error.is_timeout());
    is_lost.then_some(())
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
    fn a_body_that_ends_with_an_io_error_breaks_off() {
        let error = from_body(Box::new(io::Error::new(io::ErrorKind::ConnectionReset, "the secret")));
        assert!(error.is_body() && error.is_truncated());
        assert_eq!(error.source().unwrap().to_string(), "connection reset");
        assert!(from_body("other".into()).is_layer() && from_body(Box::new(Error::timeout())).is_timeout());
    }

    #[test]
    fn the_time_limit_of_a_layer_is_a_timeout() {
        let error = from_service(Box::new(tower::timeout::error::Elapsed::new()));
        assert!(error.is_timeout() && error.may_have_reached_server());
    }

    #[test]
    fn keeps_its_own_errors() {
        assert!(from_service(Box::new(Error::timeout())).is_timeout());
        assert!(from_service("other".into()).is_layer());
    }
}
