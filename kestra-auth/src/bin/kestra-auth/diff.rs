//! `kestra-auth diff`

use std::fmt::Write as _;

use kestra_auth_macros_core::diff::{self, Break, Change, Location};
use serde_json::{Value, json};

use crate::arguments::{Diff, Format};
use crate::output::{Outcome, note, print};

pub(crate) fn run(arguments: &Diff) -> Result<Outcome, String> {
    let found = diff::diff_files(&arguments.old, &arguments.new, &arguments.using)?;
    print(&match arguments.format {
        Format::Text => text(&found),
        Format::Json => format!("{:#}\n", json(&found)),
    })?;
    for message in &found.notes {
        note(&message.replace('\n', "\n  "));
    }
    note(&summary(&found));
    Ok(if found.breaks.is_empty() { Outcome::Done } else { Outcome::Found })
}

fn text(diff: &diff::Diff) -> String {
    let mut text = String::new();
    for (word, list) in [("breaks", &diff.breaks), ("deprecated", &diff.deprecated)] {
        for found in list {
            push_break(&mut text, word, found);
        }
    }
    for (word, list) in [("new", &diff.added), ("removed", &diff.removed)] {
        for Change { kind, what, location } in list {
            // Writing to a `String` cannot fail.
            let _ = writeln!(text, "{word}: {kind} {what}\n  note: {}", place(location));
        }
    }
    text
}

fn push_break(text: &mut String, word: &str, found: &Break) {
    let of = match &found.operation {
        Some(operation) => format!("`{operation}` (`{}`)", found.item),
        None => format!("`{}`", found.item),
    };
    let _ = writeln!(text, "{word}: {of}: {}", found.what);
    if let Some((file, line, column)) = &found.token {
        let _ = writeln!(text, "  --> {file}:{line}:{column}");
    }
    if let Some(kind) = found.kind {
        let name = found.name.as_ref().map(|name| format!(" of `{name}`")).unwrap_or_default();
        let _ = writeln!(text, "  kind: {kind}{name}");
    }
    for (label, value) in [("was", &found.old), ("is", &found.new)] {
        if let Some(value) = value {
            let _ = writeln!(text, "  {label}: {value}");
        }
    }
    // What to write concerns those who have written something.
    if let Some(help) = found.help.as_ref().filter(|_| found.token.is_some()) {
        let _ = writeln!(text, "  help: {help}");
    }
    let _ = writeln!(text, "  note: {}", place(&found.location));
}

fn place(location: &Location) -> String {
    let line = location.line.map(|line| format!(" (line {line})")).unwrap_or_default();
    format!("{}{line}", location.pointer)
}

fn json(diff: &diff::Diff) -> Value {
    let location = |location: &Location| json!({ "pointer": location.pointer, "line": location.line });
    let breaks = |list: &[Break]| -> Value {
        let objects = list.iter().map(|found| {
            let token = found.token.as_ref();
            json!({
                "item": found.item,
                "operation": found.operation,
                "kind": found.kind,
                "name": found.name,
                "message": found.what,
                "help": found.help,
                "token": token.map(|(file, line, column)| json!({ "file": file, "line": line, "column": column })),
                "location": location(&found.location),
                "was": found.old,
                "is": found.new,
            })
        });
        objects.collect()
    };
    let changes = |list: &[Change]| -> Value {
        list.iter()
            .map(|change| json!({ "kind": change.kind, "what": change.what, "location": location(&change.location) }))
            .collect()
    };
    json!({
        "breaks": breaks(&diff.breaks),
        "deprecated": breaks(&diff.deprecated),
        "new": changes(&diff.added),
        "removed": changes(&diff.removed),
        "traits": diff.traits,
        "models": diff.models,
        "known": diff.known,
        "elsewhere": diff.elsewhere,
    })
}

fn summary(diff: &diff::Diff) -> String {
    let count = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let mut summary = format!(
        "{}, {} new, {} removed; compared {} and {}",
        count(diff.breaks.len(), "breaking change", "breaking changes"),
        diff.added.len(),
        diff.removed.len(),
        count(diff.traits, "trait", "traits"),
        count(diff.models, "model", "models"),
    );
    if diff.known > 0 {
        let _ = write!(summary, "; {} with the old version, too", count(diff.known, "mismatch", "mismatches"));
    }
    if !diff.elsewhere.is_empty() {
        let names: Vec<String> = diff.elsewhere.iter().map(|name| format!("`{name}`")).collect();
        let types = count(names.len(), "type is", "types are");
        let _ = write!(summary, "; {types} from elsewhere and not compared: {}", names.join(", "));
    }
    summary
}
