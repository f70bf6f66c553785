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
            let _ = writeln!(text, "{word}: {kind} {what}\n  note: {}", location_text(location));
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
    let _ = writeln!(text, "  note: {}", location_text(&found.location));
}

fn location_text(location: &Location) -> String {
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

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::*;

    const OLD: &str = "openapi: 3.1.0\ninfo: {title: T}\npaths:\n  /a:\n    get:\n      operationId: read\n      parameters:\n        \
                       - {name: page, in: query, schema: {type: integer}}\n      responses: {'204': {}}\n";

    /// Writes two versions to a directory of their own, and compares them.
    fn compared(name: &str, new: &str, using: Option<&str>) -> diff::Diff {
        let directory = std::env::temp_dir().join(format!("kestra-auth-diff-command-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&directory).unwrap();
        let write = |file: &str, text: &str| -> PathBuf {
            let path = directory.join(file);
            std::fs::write(&path, text).unwrap();
            path
        };
        let (old, new) = (write("old.yaml", OLD), write("new.yaml", new));
        let using: Vec<PathBuf> = using.map(|source| write("api.rs", source)).into_iter().collect();
        let found = diff::diff_files(&old, &new, &using);
        std::fs::remove_dir_all(&directory).unwrap();
        found.unwrap()
    }

    /// The lines of a text without the directory of its files.
    fn lines(text: &str) -> Vec<String> {
        let directory = std::env::temp_dir().display().to_string();
        let file = |line: &str| match line.split_once(&directory) {
            Some((start, rest)) => format!("{start}{}", rest.splitn(3, '/').nth(2).unwrap_or_default()),
            None => line.to_owned(),
        };
        text.lines().map(file).collect()
    }

    #[test]
    fn a_break_is_a_line_and_what_explains_it() {
        let new = OLD.replace("type: integer", "type: boolean").replace("  /a:", "  /b: {get: {}}\n  /a:");
        let found = compared("text", &new, None);
        assert_eq!(
            lines(&text(&found)),
            [
                "breaks: `GET /a` (`TApi::read`): expected `page` as `boolean`, found `i64`",
                "  kind: type of `page`",
                "  was: {type: integer}",
                "  is: {type: boolean}",
                "  note: new.yaml: paths./a.get.parameters[0].schema (line 9)",
                "new: operation `GET /b`",
                "  note: new.yaml: paths./b.get (line 4)",
            ]
        );
        assert_eq!(summary(&found), "1 breaking change, 1 new, 0 removed; compared 1 trait and 0 models");
    }

    #[test]
    fn a_break_of_a_file_has_its_token_and_what_to_write() {
        let source = "#[api(openapi = \"openapi.yaml\")]\ntrait Api {\n    #[get(\"/a\")]\n    async fn read(&self, #[query] \
                      page: u8, #[query] q: Other) -> Result<(), Error>;\n}\n";
        let found = compared("token", &OLD.replace("type: integer", "type: boolean"), Some(source));
        let text = text(&found);
        assert_eq!(lines(&text)[1], "  --> api.rs:4:41");
        assert!(
            text.contains("  help: write a type such as `bool`, or allow the mismatch with `expect(type)`"),
            "{text}"
        );
    }

    #[test]
    fn the_object_for_programs_has_the_same() {
        let found = json(&compared("json", &OLD.replace("  /a:", "  /b:"), None));
        assert_eq!(found["breaks"][0]["kind"], "path");
        assert_eq!(found["breaks"][0]["operation"], "GET /a");
        assert_eq!(found["breaks"][0]["token"], Value::Null);
        assert_eq!(found["new"][0]["what"], "`GET /b`");
        assert_eq!(found["removed"][0]["location"]["line"], 5);
        assert_eq!((&found["traits"], &found["models"], &found["elsewhere"]), (&json!(1), &json!(0), &json!([])));
    }

    #[test]
    fn two_standard_inputs_and_a_missing_file_are_errors() {
        let error = diff::diff_files(Path::new("-"), Path::new("-"), &[]).unwrap_err();
        assert_eq!(error, "both documents are `-`\nhelp: write the path of a file for one of them");
        let error = diff::diff_files(Path::new("missing.yaml"), Path::new("new.yaml"), &[]).unwrap_err();
        assert!(error.starts_with("cannot find the document `missing.yaml`"), "{error}");
    }
}
