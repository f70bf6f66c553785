//! Prints each step with its requests and results.

use std::error::Error;
use std::fmt::Debug;
use std::io::{self, Write};

use crate::mock_server::{Log, MockServer};

pub(crate) struct Screen {
    out: io::Stdout,
    log: Log,
    checks: usize,
}

impl Screen {
    pub(crate) fn new() -> Self {
        Self { out: io::stdout(), log: Log::default(), checks: 0 }
    }

    pub(crate) fn watch(&mut self, server: &MockServer) {
        self.log = server.log.clone();
    }

    pub(crate) fn step(&mut self, what: &str) -> io::Result<()> {
        writeln!(self.out, "\n{what}")
    }

    /// Prints a result, after the requests that led to it.
    pub(crate) fn result(&mut self, text: &str) -> io::Result<()> {
        self.checks += 1;
        for request in self.log.take() {
            writeln!(self.out, "    {request}")?;
        }
        writeln!(self.out, "  {text}")
    }

    /// Prints the number of results.
    ///
    /// # Errors
    /// If the server received a request that it should not have received.
    pub(crate) fn end(&mut self, server: &MockServer) -> Result<(), Box<dyn Error>> {
        for request in self.log.take() {
            writeln!(self.out, "    {request}")?;
        }
        server.log.violation().map_or(Ok(()), Err)?;
        Ok(writeln!(self.out, "\n{} results, all as expected.", self.checks)?)
    }

    pub(crate) fn failure(error: &dyn Error) {
        // If stderr is closed, the exit code still reports the error.
        let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
        let _ = writeln!(io::stderr(), "error: {error}{cause}");
    }
}

/// Compares a value with what is expected.
///
/// # Errors
/// If they differ.
#[expect(clippy::needless_pass_by_value, reason = "callers pass temporary values")]
pub(crate) fn check<T: PartialEq + Debug>(what: &str, found: T, expected: T) -> Result<(), Box<dyn Error>> {
    if found == expected { Ok(()) } else { Err(format!("{what}: expected {expected:?}, found {found:?}").into()) }
}
