//! Compares the variants of an enum with the values of an enumeration of strings.

use syn::ext::IdentExt;
use syn::{DataEnum, Fields};

use super::model::Model;
use super::serde_attributes::SerdeAttributes;
use crate::contract::substitution::Direction;
use crate::contract::mismatch::Mismatch;
use crate::suggest;

pub(super) fn check(model: &Model<'_>, data: &DataEnum) {
    let direction = model.args.direction;
    let values = model.schema.enum_values();
    let variants: Vec<_> =
        data.variants.iter().map(|variant| (variant, SerdeAttributes::of(&variant.attrs, direction))).collect();
    let is_plain = variants.iter().all(|(variant, serde)| matches!(variant.fields, Fields::Unit) || serde.is_other);
    if values.is_empty() || !is_plain {
        return;
    }
    let mut names = Vec::new();
    for (variant, serde) in variants.iter().filter(|(_, serde)| !serde.is_skipped && !serde.is_other) {
        let own = variant.ident.unraw().to_string();
        let case = model.serde.rename_all;
        let renamed = serde.rename.clone();
        let name = renamed.unwrap_or_else(|| case.map_or_else(|| own.clone(), |case| case.apply_to_variant(&own)));
        if direction == Direction::Request && !values.contains(&&*name) {
            let near = suggest::near(&name, &values);
            let mismatch = Mismatch {
                what: format!("the schema has no value `{name}`{}", suggest::did_you_mean(&name, &values)),
                help: near.map_or_else(
                    || "remove the variant".to_owned(),
                    |near| format!("rename the variant, or write `#[serde(rename = \"{near}\")]`"),
                ),
                pointer: model.pointer.clone().key("enum"),
            };
            model.report(&variant.ident, mismatch);
        }
        names.push(name);
        names.extend(serde.aliases.iter().cloned());
    }
    let has_other = variants.iter().any(|(_, serde)| serde.is_other);
    if direction == Direction::Response && !has_other {
        report_missing(model, &values, &names);
    }
}

/// A response with a value that has no variant cannot be read.
fn report_missing(model: &Model<'_>, values: &[&str], names: &[String]) {
    let missing = values.iter().filter(|value| !names.iter().any(|name| name == *value));
    let missing: Vec<String> = missing.map(|value| format!("`{value}`")).collect();
    if missing.is_empty() {
        return;
    }
    let what = format!("values not covered by a variant: {}", missing.join(", "));
    let help = "add what is missing, or a variant with `#[serde(other)]`".to_owned();
    model.report(&model.input.ident, Mismatch { what, help, pointer: model.pointer.clone().key("enum") });
}
