//! The arguments of the command.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use kestra_auth_macros_core::generate::Dates;

/// Generates Rust clients from OpenAPI documents, and checks and compares documents.
#[derive(Debug, Parser)]
#[command(name = "kestra-auth", version, about, after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str =
    "Exit codes: 0 for success, 1 for differences, problems or breaking changes that were found, 2 for errors.";

const GENERATE_EXAMPLES: &str = "Examples:
  kestra-auth generate openapi.yaml -o src/api.rs
  kestra-auth generate openapi.yaml --tag Flows --tag Executions -o src/flows.rs
  kestra-auth generate openapi.yaml --path /api/v1/users --base /api/v1
  curl -s https://example.com/openapi.json | kestra-auth generate - > src/api.rs

If the output file exists, it is yours: it is never overwritten. The command prints what it lacks, or has in another
form, and the exit code is 1.";

const CHECK_EXAMPLES: &str = "Examples:
  kestra-auth check openapi.yaml
  curl -s https://example.com/openapi.json | kestra-auth check -";

const DIFF_EXAMPLES: &str = "Examples:
  kestra-auth diff old.yaml new.yaml
  kestra-auth diff old.yaml new.yaml --using src/
  git show main:openapi.yaml | kestra-auth diff - openapi.yaml --using src/ --format json

The exit code is 1 if something breaks, and 0 if the changes break nothing. With `--using`, what
breaks is what the compiler would report of the traits and models in these files with the new
version. Without it, the client is what `kestra-auth generate` writes for the old version.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Writes traits and models for the operations of a document.
    #[command(after_help = GENERATE_EXAMPLES)]
    Generate(Generate),
    /// Reports what in a document cannot be generated, or contradicts itself.
    #[command(after_help = CHECK_EXAMPLES)]
    Check(Check),
    /// Reports which changes between two versions of a document break a client, and what is new.
    #[command(after_help = DIFF_EXAMPLES)]
    Diff(Diff),
    /// Prints the completions of a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
}

#[derive(Args, Debug)]
pub(crate) struct Check {
    /// The document, in YAML or JSON; `-` for standard input.
    pub(crate) document: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct Diff {
    /// The old version of the document, in YAML or JSON; `-` for standard input.
    pub(crate) old: PathBuf,
    /// The new version; `-` for standard input.
    pub(crate) new: PathBuf,
    /// Compares the traits and models in this Rust file, or in those of this directory.
    #[arg(long, value_name = "PATH")]
    pub(crate) using: Vec<PathBuf>,
    /// The format of the output.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: Format,
}

/// The format of an output.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    #[default]
    Text,
    /// One object, for programs.
    Json,
}

#[derive(Args, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command")]
pub(crate) struct Generate {
    /// The document, in YAML or JSON; `-` for standard input.
    pub(crate) document: PathBuf,
    /// The file to write; `-` for standard output.
    #[arg(short, long, default_value = "-", value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// Only operations with this tag.
    #[arg(long, value_name = "TAG", help_heading = "Operations")]
    pub(crate) tag: Vec<String>,
    /// Only operations whose path starts with these segments.
    #[arg(long, value_name = "PATH", help_heading = "Operations")]
    pub(crate) path: Vec<String>,
    /// Only the operation with this `operationId`.
    #[arg(long, value_name = "ID", help_heading = "Operations")]
    pub(crate) operation: Vec<String>,
    /// The base of every trait, such as `/api/v1/{tenant}`; by default, what its paths have in common.
    #[arg(long, value_name = "PATH")]
    pub(crate) base: Option<String>,
    /// The types of dates and times.
    #[arg(long, value_enum, default_value_t, value_name = "CRATE", help_heading = "Types")]
    pub(crate) dates: DateTypes,
    /// Uses `uuid::Uuid` for UUIDs, instead of text.
    #[arg(long, help_heading = "Types")]
    pub(crate) uuid: bool,
    /// Reads bytes as they arrive, instead of into memory.
    #[arg(long, help_heading = "Types")]
    pub(crate) stream: bool,
    /// Never retries this GET, because it has an effect.
    #[arg(long, value_name = "ID")]
    pub(crate) never_retry: Vec<String>,
    /// The path of the document in the code, relative to its `Cargo.toml`; by default, that of the document.
    #[arg(long, value_name = "PATH", help_heading = "Contract")]
    pub(crate) openapi: Option<String>,
    /// Does not compare the code with the document when it is compiled.
    #[arg(long, conflicts_with_all = ["openapi", "complete"], help_heading = "Contract")]
    pub(crate) no_contract: bool,
    /// Requires the traits to declare all operations of their tags, also those that the document adds later.
    #[arg(long, help_heading = "Contract")]
    pub(crate) complete: bool,
}

/// The types of dates and times.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum DateTypes {
    /// Text.
    #[default]
    String,
    /// `time::OffsetDateTime`; dates without a time are text.
    Time,
    /// `chrono::DateTime<Utc>` and `chrono::NaiveDate`.
    Chrono,
    /// `jiff::Timestamp` and `jiff::civil::Date`.
    Jiff,
}

impl From<DateTypes> for Dates {
    fn from(types: DateTypes) -> Self {
        match types {
            DateTypes::String => Self::String,
            DateTypes::Time => Self::Time,
            DateTypes::Chrono => Self::Chrono,
            DateTypes::Jiff => Self::Jiff,
        }
    }
}
