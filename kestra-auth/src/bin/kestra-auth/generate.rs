//! `kestra-auth generate`

use std::fmt::Write as _;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use kestra_auth_macros_core::generate::{self, ContractDocument, Options};

use crate::arguments::Generate;
use crate::output::{Outcome, note, print};

pub(crate) fn run(arguments: &Generate) -> Result<Outcome, String> {
    let options = Options {
        tags: arguments.tag.clone(),
        paths: arguments.path.clone(),
        operations: arguments.operation.clone(),
        base: arguments.base.clone(),
        contract: contract(arguments),
        complete: arguments.complete,
        dates: arguments.dates.into(),
        uuids: arguments.uuid,
        streams: arguments.stream,
        never_retry: arguments.never_retry.clone(),
    };
    let generated = generate::generate_file(&arguments.document, &options)?;
    for left_out in &generated.left_out {
        note(&format!("warning: left out: {}\n  note: {}", left_out.reason, left_out.location));
    }
    for message in &generated.unresolved {
        note(&format!("warning: {}", message.replace('\n', "\n  ")));
    }
    let is_new = is_standard(&arguments.output) || !arguments.output.exists();
    let outcome = if is_standard(&arguments.output) {
        print(&generated.source)?;
        Outcome::Done
    } else {
        write(&arguments.output, &generated.source)?
    };
    if is_new {
        let (operations, models) = (generated.operations, generated.models);
        note(&format!("generated {operations} operations and {models} models"));
        note(&format!("the code needs:\n{}", generated.dependencies.join("\n")));
    }
    Ok(outcome)
}

fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Writes a new file, or compares an existing one with what would be written.
fn write(path: &Path, source: &str) -> Result<Outcome, String> {
    let name = path.display();
    match fs::read_to_string(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            fs::write(path, source).map_err(|error| format!("cannot write `{name}`: {error}"))?;
            Ok(Outcome::Done)
        }
        Err(error) => Err(format!("cannot read `{name}`: {error}")),
        Ok(existing) => {
            let differences = generate::compare(&existing, source).map_err(|error| format!("`{name}`: {error}"))?;
            if differences.is_empty() {
                note(&format!("`{name}` has everything that would be generated"));
                return Ok(Outcome::Done);
            }
            let mut text = String::new();
            for difference in &differences {
                let what = if difference.exists { "differs from the document" } else { "is missing" };
                // Writing to a `String` cannot fail.
                let _ = write!(text, "`{}` {what}:\n\n{}\n\n", difference.name, difference.text.trim_end());
            }
            print(&text)?;
            let count = differences.len();
            note(&format!("`{name}` exists and was not changed; {count} differences are printed above"));
            Ok(Outcome::Found)
        }
    }
}

/// The document as the code names it: by its path relative to the directory of the `Cargo.toml` that the code belongs
/// to. A document from standard input has none.
fn contract(arguments: &Generate) -> ContractDocument {
    if arguments.no_contract {
        return ContractDocument::Off;
    }
    if let Some(path) = &arguments.openapi {
        return ContractDocument::Path(path.clone());
    }
    let here = std::env::current_dir().ok().filter(|_| !is_standard(&arguments.document));
    let Some(here) = here else { return ContractDocument::Off };
    let output = if is_standard(&arguments.output) { here.clone() } else { here.join(&arguments.output) };
    let manifest = output.ancestors().find(|directory| directory.join("Cargo.toml").is_file());
    let from = normalized(manifest.unwrap_or(&here));
    let document = relative(&from, &normalized(&here.join(&arguments.document)));
    if generate::manifest_document(&from.join("Cargo.toml")).is_some_and(|default| default == document) {
        return ContractDocument::Manifest;
    }
    ContractDocument::Path(document)
}

/// A path without `.` and `..`.
fn normalized(path: &Path) -> PathBuf {
    let mut normalized = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => drop(normalized.pop()),
            other => normalized.push(other),
        }
    }
    normalized
}

/// The path that leads from a directory to a file, with `/` on all systems.
fn relative(from: &Path, to: &Path) -> String {
    let common = from.components().zip(to.components()).take_while(|(left, right)| left == right).count();
    let up = from.components().skip(common).map(|_| "..".to_owned());
    let down = to.components().skip(common).map(|component| component.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contract_is_relative_to_the_manifest() {
        let relative = |from: &str, to: &str| relative(&normalized(Path::new(from)), &normalized(Path::new(to)));
        assert_eq!(relative("/srv/api", "/srv/api/openapi/./api.yaml"), "openapi/api.yaml");
        assert_eq!(relative("/srv/api/client", "/srv/api/client/../docs/api.yaml"), "../docs/api.yaml");
    }
}
