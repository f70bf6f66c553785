//! Writes structs and enums.

use std::fmt::Write as _;

use super::values::{Renames, other_name, renames, variant_lint, variant_names};
use super::{Writer, doc_comment, literal};
use crate::contract::value::Value;
use crate::generate::docs;
use crate::generate::models::Union;
use crate::generate::models::{Field, Shape, Struct};
use crate::generate::naming::{Scope, identifier, snake_case};
use crate::generate::options::ContractDocument;
use crate::generate::plan::Direction;
use crate::generate::traits::best_case;
use crate::generate::types::{ModelId, Type};
use crate::parse::rename_all::Case;

/// A field as it is written.
struct FieldText {
    name: String,
    ty: String,
    /// The arguments of serde's attribute, without the name.
    serde: Vec<String>,
    /// Whether the field has a value without the user's doing.
    has_default: bool,
}

impl<'d> Writer<'_, 'd> {
    pub(super) fn write_model(&mut self, id: ModelId, direction: Direction) -> String {
        match &self.models.get(id).shape {
            Shape::Struct(structure) => self.write_struct(id, direction, structure),
            Shape::Values(values) => self.write_values(id, direction, values),
            Shape::Union(union) => self.write_union(id, direction, union),
            Shape::Pending | Shape::Alias(_) => String::new(),
        }
    }

    /// The derives of a model, and the schema that it is compared with.
    pub(super) fn derives(&mut self, id: ModelId, direction: Direction, more: &[&str], default: bool) -> String {
        let mut derives = vec!["Clone"];
        derives.extend(more.iter().filter(|name| **name == "Copy"));
        derives.push("Debug");
        if default {
            derives.push("Default");
        }
        if !self.plan.with_secret.contains(&id) {
            derives.push("PartialEq");
        }
        derives.extend(more.iter().filter(|name| **name != "Copy"));
        if direction != Direction::Request {
            derives.push(self.import("serde", "Deserialize"));
        }
        if direction != Direction::Response {
            derives.push(self.import("serde", "Serialize"));
        }
        // A struct without its tag lacks a property that a request needs.
        let is_complete = direction != Direction::Request || !self.plan.without_tag.contains(&id);
        let is_compared = is_complete && self.options.contract != ContractDocument::Off;
        let contract = self.models.get(id).schema_name().filter(|_| is_compared).map(|name| {
            derives.push(self.import("kestra_auth", "Contract"));
            let word = if direction == Direction::Request { "request" } else { "response" };
            let path = self.options.contract.path().map(|path| format!("openapi = {}, ", literal(path)));
            format!("#[contract({}{word} = {})]\n", path.unwrap_or_default(), literal(&name))
        });
        format!("#[derive({})]\n{}", derives.join(", "), contract.unwrap_or_default())
    }

    fn write_struct(&mut self, id: ModelId, direction: Direction, structure: &Struct<'d>) -> String {
        let mut scope = Scope::default();
        let mut fields = Vec::new();
        for (index, field) in structure.fields.iter().enumerate() {
            let is_absent = match direction {
                Direction::Request => field.read_only,
                Direction::Response => field.write_only || !field.described,
                Direction::Both => false,
            };
            if !is_absent {
                let is_boxed = self.plan.boxed.contains(&(id, index));
                fields.push((field, self.field_text(field, direction, is_boxed, &mut scope)));
            }
        }
        let names: Vec<(&str, &str)> =
            fields.iter().map(|(field, text)| (text.name.trim_start_matches("r#"), field.name)).collect();
        let case = best_case(&names);
        let mut body = String::new();
        for (field, text) in &fields {
            body.push_str(&write_field(field, text, case));
        }
        if let Some(rest) = &structure.rest {
            let map = Type::map(rest.clone());
            let ty = self.type_text(&map, direction);
            let name = scope.take(&["other", "rest", "additional_properties"]);
            // Writing to a `String` cannot fail.
            let _ = writeln!(
                body,
                "/// The properties that the document does not list.\n#[serde(flatten)]\npub {name}: {ty},"
            );
        }
        let model = self.models.get(id);
        let mut text = doc_comment(&docs::lines(None, model.description), "///");
        let default = !fields.is_empty() && fields.iter().all(|(_, field)| field.has_default);
        text.push_str(&self.derives(id, direction, &[], default));
        if let Some(case) = case {
            let _ = writeln!(text, "#[serde(rename_all = \"{}\")]", case.name());
        }
        let name = self.plan.name(id, direction);
        text.push_str(&lints(name, &fields.iter().map(|(_, text)| text).collect::<Vec<_>>()));
        let _ = writeln!(text, "pub struct {name} {{\n{body}}}");
        text
    }

    fn field_text(&mut self, field: &Field<'d>, direction: Direction, is_boxed: bool, scope: &mut Scope) -> FieldText {
        let name = identifier(&scope.take(&[&snake_case(field.name)]));
        let is_always_there =
            field.required && !(direction == Direction::Both && (field.read_only || field.write_only));
        let is_nullable = matches!(field.ty, Type::Nullable(_));
        let mut inner = match field.ty.non_null() {
            Type::Secret => self.import("kestra_auth::secrecy", "SecretString").to_owned(),
            ty if self.is_time(ty) => "time::OffsetDateTime".to_owned(),
            ty => self.type_text(ty, direction),
        };
        if is_boxed {
            inner = format!("Box<{inner}>");
        }
        let with = match field.ty.non_null() {
            Type::Secret => Some("kestra_auth::secret"),
            ty if self.is_time(ty) => Some("time::serde::rfc3339"),
            _ => None,
        };
        let is_plain_default = direction == Direction::Response && !is_nullable && has_own_default(field);
        let is_option = (!is_always_there && !is_plain_default) || is_nullable;
        let mut serde = Vec::new();
        if (!is_always_there && is_plain_default) || (is_option && with.is_some() && direction != Direction::Request) {
            serde.push("default".to_owned());
        }
        if is_option && !is_always_there && direction != Direction::Response {
            serde.push("skip_serializing_if = \"Option::is_none\"".to_owned());
        }
        if let Some(with) = with {
            serde.push(format!("with = \"{with}{}\"", if is_option { "::option" } else { "" }));
        }
        let ty = if is_option { format!("Option<{inner}>") } else { inner };
        FieldText { name, ty, serde, has_default: is_option || (!is_always_there && is_plain_default) }
    }

    fn write_union(&mut self, id: ModelId, direction: Direction, union: &Union<'d>) -> String {
        let mut scope = Scope::default();
        let tags: Vec<&str> = union.variants.iter().filter_map(|variant| variant.tags.first().copied()).collect();
        let given: Vec<&str> = match union.tag {
            Some(_) => tags.clone(),
            None => union.variants.iter().map(|variant| variant.name.as_str()).collect(),
        };
        let names: Vec<String> =
            variant_names(&given).iter().zip(&given).map(|(short, name)| scope.take(&[short, name])).collect();
        let renames = if union.tag.is_some() { renames(&names, &tags) } else { Renames::None };
        let model = self.models.get(id);
        let mut text = doc_comment(&docs::lines(None, model.description), "///");
        text.push_str(&self.derives(id, direction, &[], false));
        let mut serde = match union.tag {
            Some(tag) => vec![format!("tag = {}", literal(tag))],
            None => vec!["untagged".to_owned()],
        };
        if let Renames::All(case) = renames {
            serde.push(format!("rename_all = \"{}\"", case.name()));
        }
        let name = self.plan.name(id, direction);
        let _ = writeln!(text, "#[serde({})]\n{}pub enum {name} {{", serde.join(", "), variant_lint(name, &names));
        for (index, (variant, name)) in union.variants.iter().zip(&names).enumerate() {
            let mut serde = Vec::new();
            if let Some((first, aliases)) = variant.tags.split_first().filter(|_| union.tag.is_some()) {
                if matches!(renames, Renames::Each) && name != first {
                    serde.push(format!("rename = {}", literal(first)));
                }
                serde.extend(aliases.iter().map(|alias| format!("alias = {}", literal(alias))));
            }
            if !serde.is_empty() {
                let _ = writeln!(text, "#[serde({})]", serde.join(", "));
            }
            let ty = self.type_text(&variant.ty, direction);
            let is_boxed = self.plan.boxed.contains(&(id, index));
            let ty = if is_boxed { format!("Box<{ty}>") } else { ty };
            let _ = writeln!(text, "{name}({ty}),");
        }
        if union.tag.is_some() && direction != Direction::Request {
            let name = other_name(&names);
            let serde = if direction == Direction::Both { "other, skip_serializing" } else { "other" };
            let _ = writeln!(text, "/// An alternative that the document does not list.\n#[serde({serde})]\n{name},");
        }
        text.push_str("}\n");
        text
    }
}

fn write_field(field: &Field<'_>, text: &FieldText, case: Option<Case>) -> String {
    let mut lines = docs::lines(None, field.description);
    if field.deprecated && !lines.iter().any(|line| line.to_lowercase().contains("deprecated")) {
        lines.insert(0, "Deprecated.".to_owned());
    }
    let own = text.name.trim_start_matches("r#");
    let wire = case.map_or_else(|| own.to_owned(), |case| case.apply(own));
    let mut serde = Vec::new();
    if wire != field.name {
        serde.push(format!("rename = {}", literal(field.name)));
    }
    serde.extend(text.serde.iter().cloned());
    let serde = if serde.is_empty() { String::new() } else { format!("#[serde({})]\n", serde.join(", ")) };
    format!("{}{serde}pub {}: {},\n", doc_comment(&lines, "///"), text.name, text.ty)
}

/// Whether the document's default is that of the type in Rust.
fn has_own_default(field: &Field<'_>) -> bool {
    match (field.default, field.ty.non_null()) {
        (Some(Value::Bool(false)), Type::Bool) => true,
        (Some(Value::Number(number)), Type::Integer(_) | Type::Number) => *number == 0.0,
        (Some(Value::String(text)), Type::String) => text.is_empty(),
        (Some(Value::Array(items)), Type::List(_)) => items.is_empty(),
        _ => false,
    }
}

/// The lints of Clippy that names and types of the document cause.
fn lints(name: &str, fields: &[&FieldText]) -> String {
    let mut lints = Vec::new();
    if fields.iter().filter(|field| field.ty == "bool").count() > 3 {
        lints.push("clippy::struct_excessive_bools");
    }
    let names: Vec<Vec<&str>> =
        fields.iter().map(|field| field.name.trim_start_matches("r#").split('_').collect()).collect();
    let is_common = |pick: fn(&[&str]) -> Option<String>| {
        names.len() > 2 && names.iter().all(|words| pick(words).is_some() && pick(words) == pick(&names[0]))
    };
    let own = snake_case(name);
    let has_own = names.iter().any(|words| {
        let joined = words.join("_");
        joined.len() > own.len() && (joined.starts_with(&format!("{own}_")) || joined.ends_with(&format!("_{own}")))
    });
    if is_common(|words| words.first().map(|word| (*word).to_owned()))
        || is_common(|words| words.last().map(|word| (*word).to_owned()))
        || (has_own && names.len() > 2)
    {
        lints.push("clippy::struct_field_names");
    }
    if lints.is_empty() {
        return String::new();
    }
    format!("#[allow({})]\n", lints.join(", "))
}
