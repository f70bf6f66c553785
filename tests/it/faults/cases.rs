//! The faults, and what a call makes of each. The marks in responses are values that no error may show.

mod bodies;
mod connections;
mod echoes;
mod framing;
mod heads;
mod redirects;

use std::time::Duration;

use kestra_auth::ErrorKind;

use super::server::{Script, Step, send};

/// What is called. The comments say what is sent and what is expected of the response.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Call {
    /// A GET, for a JSON string.
    Read,
    /// A GET, for text.
    Text,
    /// A GET, for nothing.
    Discard,
    /// A GET, for which 204 and 304 are successes.
    Changed,
    /// A HEAD.
    Head,
    /// A POST with a small body, for a JSON string.
    Write,
    /// A PUT with a body that does not fit the buffers, for a JSON string.
    Replace,
}

/// How a call ends.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    Value(String),
    /// The kind of the error and the status that it keeps.
    Error(ErrorKind, Option<u16>),
}

/// A server's behavior, one script for each connection, and how calls to it end.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) scripts: Vec<Script>,
    pub(crate) outcomes: Vec<(Call, Outcome)>,
    /// How many requests of the call arrive.
    pub(crate) arrived: usize,
    /// How many calls succeed before the one that meets the fault, and how long the client waits after them.
    pub(crate) calls_before: usize,
    pub(crate) wait: Duration,
}

impl Case {
    fn new(name: &'static str, scripts: Vec<Script>) -> Self {
        Self { name, scripts, outcomes: Vec::new(), arrived: 1, calls_before: 0, wait: Duration::ZERO }
    }

    fn gives(mut self, calls: &[Call], value: &str) -> Self {
        self.outcomes.extend(calls.iter().map(|call| (*call, Outcome::Value(value.to_owned()))));
        self
    }

    fn fails(mut self, calls: &[Call], kind: ErrorKind, status: impl Into<Option<u16>>) -> Self {
        let status = status.into();
        self.outcomes.extend(calls.iter().map(|call| (*call, Outcome::Error(kind, status))));
        self
    }

    fn arrived(self, arrived: usize) -> Self {
        Self { arrived, ..self }
    }

    fn after_a_call(self, wait: Duration) -> Self {
        Self { calls_before: 1, wait, ..self }
    }
}

/// A read and a write: most faults concern both alike.
const BOTH: &[Call] = &[Call::Read, Call::Write];

/// One connection, on which these steps follow a request.
fn then(name: &'static str, steps: impl IntoIterator<Item = Step>) -> Case {
    Case::new(name, vec![[Step::Read].into_iter().chain(steps).collect()])
}

/// One connection, on which these bytes follow a request, and then its end.
fn responds(name: &'static str, bytes: impl AsRef<[u8]>) -> Case {
    then(name, [send(bytes)])
}

/// A response of 200 OK, whose head has these lines.
fn ok(lines: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    response("200 OK", lines, body)
}

fn response(status: &str, lines: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    [format!("HTTP/1.1 {status}\r\n{lines}\r\n").as_bytes(), body.as_ref()].concat()
}

pub(crate) fn cases() -> Vec<Case> {
    [
        connections::before_a_response(),
        connections::kept_alive(),
        connections::uploads(),
        echoes::in_heads(),
        echoes::in_bodies(),
        heads::not_http(),
        heads::wrong_headers(),
        heads::floods(),
        heads::accepted(),
        heads::informational(),
        bodies::wrong_lengths(),
        bodies::chunks(),
        framing::codings(),
        framing::extensions(),
        framing::trailers(),
        bodies::slow_and_endless(),
        bodies::of_errors(),
        bodies::where_none_belongs(),
        bodies::wrong_content(),
        redirects::followed(),
        redirects::rejected(),
    ]
    .concat()
}
