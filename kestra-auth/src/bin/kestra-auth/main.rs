//! `kestra-auth` generates clients from OpenAPI documents, and checks and compares documents.
#![forbid(unsafe_code)]

mod arguments;
mod check;
mod diff;
mod generate;
mod output;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use arguments::{Arguments, Command};
use output::{Outcome, fail};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match &arguments.command {
        Command::Generate(arguments) => generate::run(arguments),
        Command::Check(arguments) => check::run(arguments),
        Command::Diff(arguments) => diff::run(arguments),
        Command::Completions { shell } => {
            clap_complete::generate(*shell, &mut Arguments::command(), "kestra-auth", &mut std::io::stdout());
            Ok(Outcome::Done)
        }
    };
    outcome.map_or_else(|error| fail(&error), ExitCode::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }
}
