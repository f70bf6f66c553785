//! What a command prints, and its exit code.

use std::io::{self, Write};
use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy)]
pub(crate) enum Outcome {
    Done,
    /// There are differences or problems.
    Found,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::SUCCESS,
            Outcome::Found => Self::from(1),
        }
    }
}

/// Prints an error. The exit code is 2.
pub(crate) fn fail(error: &str) -> ExitCode {
    note(&format!("error: {error}"));
    ExitCode::from(2)
}

/// Prints text for people, beside the output.
pub(crate) fn note(text: &str) {
    // Without a standard error, nobody reads it.
    let _ = writeln!(io::stderr(), "{text}");
}

/// Prints the output.
pub(crate) fn print(text: &str) -> Result<(), String> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        // Whoever reads the output has had enough of it.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result.map_err(|error| format!("cannot write the output: {error}")),
    }
}
