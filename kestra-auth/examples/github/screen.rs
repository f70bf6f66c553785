//! Shows the steps, the requests that each of them made, and what came of them.

use std::error::Error;
use std::fmt::Debug;
use std::io::{self, Write};

use crate::look_alike::{Log, LookAlike};

pub(crate) struct Screen {
    out: io::Stdout,
    log: Log,
    checks: usize,
}

impl Screen {
    pub(crate) fn new() -> Self {
        Self { out: io::stdout(), log: Log::default(), checks: 0 }
    }

    pub(crate) fn watch(&mut self, server: &LookAlike) {
        self.log = server.log.clone();
    }

    pub(crate) fn step(&mut self, what: &str) -> io::Result<()> {
        writeln!(self.out, "\n{what}")
    }

    /// What a call gave, below the requests that it made.
    pub(crate) fn result(&mut self, text: &str) -> io::Result<()> {
        self.checks += 1;
        for request in self.log.take() {
            writeln!(self.out, "    {request}")?;
        }
        writeln!(self.out, "  {text}")
    }

    /// # Errors
    /// If the server saw something that it should not have.
    pub(crate) fn end(&mut self, server: &LookAlike) -> Result<(), Box<dyn Error>> {
        for request in self.log.take() {
            writeln!(self.out, "    {request}")?;
        }
        server.log.complaint().map_or(Ok(()), Err)?;
        Ok(writeln!(self.out, "\n{} results, each as it should be.", self.checks)?)
    }

    pub(crate) fn failure(error: &dyn Error) {
        // Where stderr is closed, the exit code is all that is left to say.
        let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
        let _ = writeln!(io::stderr(), "error: {error}{cause}");
    }
}

/// # Errors
/// If the two are not the same.
#[expect(clippy::needless_pass_by_value, reason = "what is compared is written in place")]
pub(crate) fn check<T: PartialEq + Debug>(what: &str, is: T, should: T) -> Result<(), Box<dyn Error>> {
    if is == should { Ok(()) } else { Err(format!("{what} is {is:?}, and should be {should:?}").into()) }
}
