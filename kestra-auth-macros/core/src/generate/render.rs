//! Writes traits and models as source text.

mod duplicates;
mod items;
mod models;
mod traits;
mod values;

use std::collections::BTreeSet;

use super::models::Models;
use super::options::{ContractDocument, Dates, Options};
use super::plan::{Direction, Plan};
use super::traits::Trait;
use super::types::{Format, ModelId, Type};

pub(super) use items::format;

/// What all of the code is written with.
pub(super) struct Writer<'w, 'd> {
    pub(super) models: &'w Models<'d>,
    pub(super) plan: &'w Plan,
    pub(super) options: &'w Options,
    imports: BTreeSet<(&'static str, &'static str)>,
}

impl<'w, 'd> Writer<'w, 'd> {
    pub(super) fn new(models: &'w Models<'d>, plan: &'w Plan, options: &'w Options) -> Self {
        Self { models, plan, options, imports: BTreeSet::new() }
    }

    /// The items of the code, in order: the imports, the traits, the models.
    pub(super) fn items(&mut self, traits: &[Trait<'d>]) -> Vec<String> {
        let mut items: Vec<String> = traits.iter().map(|created| self.write_trait(created)).collect();
        for id in &self.plan.order {
            for direction in self.plan.versions(*id) {
                items.push(self.write_model(*id, direction));
            }
        }
        let imports = self.write_imports();
        items.insert(0, imports);
        items
    }

    /// The dependencies of the code, as arguments of `cargo add`.
    pub(super) fn dependencies(&self) -> Vec<String> {
        let uses = |path: &str, names: &[&str]| {
            self.imports.iter().any(|(found, name)| *found == path && (names.is_empty() || names.contains(name)))
        };
        let mut features = Vec::new();
        if uses("kestra_auth::multipart", &[]) {
            features.push("multipart");
        }
        if self.options.contract != ContractDocument::Off {
            features.push("openapi");
        }
        if uses("kestra_auth", &["ByteStream", "EventStream", "JsonLines"]) {
            features.push("stream");
        }
        let features = if features.is_empty() { String::new() } else { format!(" --features {}", features.join(",")) };
        let mut dependencies = vec![format!("cargo add kestra-auth{features}")];
        if uses("serde", &[]) {
            dependencies.push("cargo add serde --features derive".to_owned());
        }
        if uses("serde_json", &[]) {
            dependencies.push("cargo add serde_json".to_owned());
        }
        dependencies.extend(match self.options.dates {
            Dates::String => None,
            Dates::Time => Some("cargo add time --features serde,formatting,parsing".to_owned()),
            Dates::Chrono => Some("cargo add chrono --features serde".to_owned()),
            Dates::Jiff => Some("cargo add jiff --features serde".to_owned()),
        });
        if self.options.uuids {
            dependencies.push("cargo add uuid --features serde".to_owned());
        }
        dependencies
    }

    fn import(&mut self, path: &'static str, name: &'static str) -> &'static str {
        self.imports.insert((path, name));
        name
    }

    /// The `use` declarations, those of the standard library first.
    fn write_imports(&self) -> String {
        let mut paths: Vec<&str> = self.imports.iter().map(|(path, _)| *path).collect();
        paths.dedup();
        let mut lines = Vec::new();
        for path in paths {
            let mut names: Vec<&str> =
                self.imports.iter().filter(|(found, _)| *found == path).map(|(_, name)| *name).collect();
            names.sort_by_key(|name| (name.starts_with(char::is_lowercase), *name));
            let list = names.join(", ");
            lines.push(if names.len() == 1 {
                format!("use {path}::{list};")
            } else {
                format!("use {path}::{{{list}}};")
            });
        }
        // In the order of rustfmt, the standard library on its own.
        lines.sort_by_key(|line| (!line.starts_with("use std"), line.clone()));
        let is_std = |line: &String| line.starts_with("use std");
        let last_std = lines.iter().rposition(is_std).filter(|last| last + 1 < lines.len());
        if let Some(last) = last_std {
            lines[last].push('\n');
        }
        lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect()
    }

    /// A type as it is written in a struct.
    fn type_text(&mut self, ty: &Type, direction: Direction) -> String {
        match ty {
            Type::Any => self.import("serde_json", "Value").to_owned(),
            // A secret inside of something else has no function that serializes it.
            Type::String | Type::Secret => "String".to_owned(),
            Type::Formatted(format) => self.format_text(*format).unwrap_or("String").to_owned(),
            Type::Bool => "bool".to_owned(),
            Type::Integer(name) => (*name).to_owned(),
            Type::Number => "f64".to_owned(),
            Type::List(item) => format!("Vec<{}>", self.type_text(item, direction)),
            Type::Map(value) => {
                let map = self.import("std::collections", "HashMap");
                format!("{map}<String, {}>", self.type_text(value, direction))
            }
            // Any value may be `null`.
            Type::Nullable(inner) if **inner == Type::Any => self.type_text(inner, direction),
            Type::Nullable(inner) => format!("Option<{}>", self.type_text(inner, direction)),
            Type::Model(id) => self.model_text(*id, direction),
        }
    }

    fn model_text(&mut self, id: ModelId, direction: Direction) -> String {
        if let super::models::Shape::Alias(ty) = &self.models.get(id).shape {
            return self.type_text(&ty.clone(), direction);
        }
        self.plan.name(id, direction).to_owned()
    }

    /// The type of a format, where its crate implements serde's traits for it.
    fn format_text(&self, format: Format) -> Option<&'static str> {
        match (format, self.options.dates) {
            (Format::Uuid, _) => self.options.uuids.then_some("uuid::Uuid"),
            (_, Dates::String | Dates::Time) => None,
            (Format::DateTime, Dates::Chrono) => Some("chrono::DateTime<chrono::Utc>"),
            (Format::Date, Dates::Chrono) => Some("chrono::NaiveDate"),
            (Format::DateTime, Dates::Jiff) => Some("jiff::Timestamp"),
            (Format::Date, Dates::Jiff) => Some("jiff::civil::Date"),
        }
    }

    /// Whether a type is a time of the crate `time`, which needs a function to be text.
    fn is_time(&self, ty: &Type) -> bool {
        self.options.dates == Dates::Time && *ty.non_null() == Type::Formatted(Format::DateTime)
    }
}

/// A string literal.
fn literal(text: &str) -> String {
    format!("{text:?}")
}

/// Doc comments of these lines.
fn doc_comment(lines: &[String], start: &str) -> String {
    lines.iter().fold(String::new(), |text, line| text + format!("{start} {line}").trim_end() + "\n")
}
