//! Writes enumerations of strings.

use std::fmt::Write as _;

use super::{Writer, doc_comment, literal};
use crate::generate::docs;
use crate::generate::naming::{Scope, identifier, pascal_case, words};
use crate::generate::plan::Direction;
use crate::generate::types::ModelId;
use crate::parse::rename_all::Case;

/// How names of variants become names on the wire: by a case for all of them, or one by one.
pub(super) enum Renames {
    All(Case),
    Each,
    None,
}

impl Writer<'_, '_> {
    pub(super) fn write_values(&mut self, id: ModelId, direction: Direction, values: &[&str]) -> String {
        let model = self.models.get(id);
        let names = variant_names(values);
        let renames = renames(&names, values);
        let mut text = doc_comment(&docs::lines(None, model.description), "///");
        text.push_str(&self.derives(id, direction, &["Copy", "Eq", "Hash"], false));
        if let Renames::All(case) = renames {
            // Writing to a `String` cannot fail.
            let _ = writeln!(text, "#[serde(rename_all = \"{}\")]", case.name());
        }
        let name = self.plan.name(id, direction);
        let _ = writeln!(text, "{}pub enum {name} {{", variant_lint(name, &names));
        for (name, value) in names.iter().zip(values) {
            if matches!(renames, Renames::Each) && name != value {
                let _ = writeln!(text, "#[serde(rename = {})]", literal(value));
            }
            let _ = writeln!(text, "{},", identifier(name));
        }
        // A newer server may send more values. A constant is all that its property may be.
        if direction != Direction::Request && values.len() > 1 {
            let name = other_name(&names);
            let serde = if direction == Direction::Both { "other, skip_serializing" } else { "other" };
            let _ = writeln!(text, "/// A value that the document does not list.\n#[serde({serde})]\n{name},");
        }
        text.push_str("}\n");
        text
    }
}

/// The name of the variant for all other values.
pub(super) fn other_name(names: &[String]) -> &'static str {
    let is_free = |name: &&&str| !names.iter().any(|taken| taken == **name);
    ["Other", "Unknown", "Unrecognized", "NotListed"].iter().find(is_free).copied().unwrap_or("OtherThanListed")
}

/// The names of variants, without what all of them start or end with.
pub(super) fn variant_names(values: &[&str]) -> Vec<String> {
    let split: Vec<Vec<String>> = values.iter().map(|value| words(value)).collect();
    let is_common = |pick: fn(&[String]) -> Option<&String>| {
        values.len() > 2 && split.iter().all(|words| words.len() > 1 && pick(words) == pick(&split[0]))
    };
    let starts_with_letter = |words: &[String]| words.first().is_some_and(|word| word.starts_with(char::is_alphabetic));
    let without_first = is_common(<[String]>::first) && split.iter().all(|words| starts_with_letter(&words[1..]));
    let without_last = is_common(<[String]>::last);
    let mut scope = Scope::default();
    let mut names = Vec::new();
    for words in &split {
        let mut words = &words[..];
        if without_first {
            words = &words[1..];
        }
        if without_last && words.len() > 1 {
            words = &words[..words.len() - 1];
        }
        names.push(scope.take(&[&pascal_case(&words.join("_"))]));
    }
    names
}

/// The lint of Clippy that names of variants cause which are like that of their enum.
pub(super) fn variant_lint(name: &str, variants: &[String]) -> &'static str {
    let is_same = |variant: &String| variant.starts_with(name) || variant.ends_with(name);
    let ends_same = |pick: fn(&[String]) -> Option<&String>| {
        let words: Vec<Vec<String>> = variants.iter().map(|variant| words(variant)).collect();
        words.windows(2).all(|pair| pick(&pair[0]) == pick(&pair[1]))
    };
    let is_common = ends_same(<[String]>::first) || ends_same(<[String]>::last);
    if variants.len() > 2 && (variants.iter().any(is_same) || is_common) {
        "#[allow(clippy::enum_variant_names)]\n"
    } else {
        ""
    }
}

/// How variants are renamed with the fewest words.
pub(super) fn renames(names: &[String], values: &[&str]) -> Renames {
    const CASES: [Case; 8] = [
        Case::Lower,
        Case::Snake,
        Case::Upper,
        Case::ScreamingSnake,
        Case::Kebab,
        Case::Camel,
        Case::ScreamingKebab,
        Case::Pascal,
    ];
    if names.iter().zip(values).all(|(name, value)| name == value) {
        return Renames::None;
    }
    let fits = |case: &Case| names.iter().zip(values).all(|(name, value)| case.apply_to_variant(name) == *value);
    CASES.into_iter().find(fits).map_or(Renames::Each, Renames::All)
}
