//! What serde's attributes say about names and presence. Their errors are serde's to report.

use syn::{Attribute, Lit, Meta};

use crate::contract::direction::Direction;
use crate::diagnostics::Diagnostics;
use crate::parse::arguments::{self, Arg, Value};
use crate::parse::rename_all::Case;

#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is an attribute of serde")]
pub(super) struct SerdeAttributes {
    pub(super) rename: Option<String>,
    pub(super) rename_all: Option<Case>,
    pub(super) aliases: Vec<String>,
    pub(super) has_default: bool,
    pub(super) is_flattened: bool,
    pub(super) is_skipped: bool,
    /// Whether a condition decides if it is sent.
    pub(super) has_condition: bool,
    pub(super) is_other: bool,
    /// Whether another type or the only field determines the JSON.
    pub(super) is_transparent: bool,
    /// Whether an enum has its variant's name elsewhere than usual.
    pub(super) is_tagged: bool,
    /// Whether a function serializes or deserializes it, so that its type does not determine its JSON type.
    pub(super) has_function: bool,
}

impl SerdeAttributes {
    pub(super) fn of(attributes: &[Attribute], direction: Direction) -> Self {
        let mut parsed = Self::default();
        let ignored = Diagnostics::new();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
            let Meta::List(list) = &attribute.meta else { continue };
            for arg in arguments::split(list.tokens.clone(), &ignored) {
                parsed.read(&arg, direction);
            }
        }
        let _ = ignored.finish();
        parsed
    }

    fn read(&mut self, arg: &Arg, direction: Direction) {
        let Arg::Word { name, value } = arg else { return };
        match name.to_string().as_str() {
            "rename" => self.rename = text(value, direction),
            "rename_all" => self.rename_all = text(value, direction).and_then(|case| Case::from_name(&case)),
            "alias" => self.aliases.extend(text(value, direction)),
            "default" => self.has_default = true,
            "flatten" => self.is_flattened = true,
            "skip" => self.is_skipped = true,
            "skip_serializing_if" => self.has_condition = true,
            "skip_serializing" => self.is_skipped |= direction == Direction::Request,
            "skip_deserializing" => self.is_skipped |= direction == Direction::Response,
            "other" => self.is_other = true,
            "transparent" | "from" | "into" | "try_from" | "remote" => self.is_transparent = true,
            "tag" | "untagged" => self.is_tagged = true,
            "with" | "getter" => self.has_function = true,
            "serialize_with" => self.has_function |= direction == Direction::Request,
            "deserialize_with" => self.has_function |= direction == Direction::Response,
            _ => {}
        }
    }
}

/// `"name"`, or the direction's one of `(serialize = "a", deserialize = "b")`.
fn text(value: &Value, direction: Direction) -> Option<String> {
    match value {
        Value::None => None,
        Value::Is(tokens) => match syn::parse2::<Lit>(tokens.clone()).ok()? {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        Value::List(group) => {
            let wanted = match direction {
                Direction::Request => "serialize",
                Direction::Response => "deserialize",
            };
            let ignored = Diagnostics::new();
            let args = arguments::split(group.stream(), &ignored);
            let _ = ignored.finish();
            args.iter().find_map(|arg| match arg {
                Arg::Word { name, value: value @ Value::Is(_) } if name == wanted => text(value, direction),
                _ => None,
            })
        }
    }
}
