//! What serde's attributes say of names and presence. Their mistakes are serde's to tell.

use syn::{Attribute, Lit, Meta};

use super::Direction;
use crate::attr::arg::{self, Arg, Value};
use crate::errors::Errors;
use crate::words::Case;

#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "serde's own words, each on its own")]
pub(super) struct SerdeAttrs {
    pub(super) rename: Option<String>,
    pub(super) rename_all: Option<Case>,
    pub(super) aliases: Vec<String>,
    pub(super) default: bool,
    pub(super) flatten: bool,
    pub(super) skip: bool,
    pub(super) other: bool,
    pub(super) transparent: bool,
    /// Written or read by a function, so that its type does not tell its kind.
    pub(super) by_function: bool,
}

impl SerdeAttrs {
    pub(super) fn of(attributes: &[Attribute], direction: Direction) -> Self {
        let mut attrs = Self::default();
        let unheard = Errors::new();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
            let Meta::List(list) = &attribute.meta else { continue };
            for arg in arg::split(list.tokens.clone(), &unheard) {
                attrs.read(&arg, direction);
            }
        }
        let _ = unheard.finish();
        attrs
    }

    fn read(&mut self, arg: &Arg, direction: Direction) {
        let Arg::Word { name, value } = arg else { return };
        match name.to_string().as_str() {
            "rename" => self.rename = text(value, direction),
            "rename_all" => self.rename_all = text(value, direction).and_then(|case| Case::from_name(&case)),
            "alias" => self.aliases.extend(text(value, direction)),
            "default" => self.default = true,
            "flatten" => self.flatten = true,
            "skip" => self.skip = true,
            "skip_serializing" => self.skip |= direction == Direction::Request,
            "skip_deserializing" => self.skip |= direction == Direction::Answer,
            "other" => self.other = true,
            "transparent" | "from" | "into" | "try_from" | "remote" => self.transparent = true,
            "with" | "getter" => self.by_function = true,
            "serialize_with" => self.by_function |= direction == Direction::Request,
            "deserialize_with" => self.by_function |= direction == Direction::Answer,
            _ => {}
        }
    }
}

/// `"name"`, or the one of `(serialize = "a", deserialize = "b")` for the direction.
fn text(value: &Value, direction: Direction) -> Option<String> {
    match value {
        Value::None => None,
        Value::Is(tokens) => match syn::parse2::<Lit>(tokens.clone()).ok()? {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        Value::List(group) => {
            let wanted = if direction == Direction::Request { "serialize" } else { "deserialize" };
            let unheard = Errors::new();
            let args = arg::split(group.stream(), &unheard);
            let _ = unheard.finish();
            args.iter().find_map(|arg| match arg {
                Arg::Word { name, value: value @ Value::Is(_) } if name == wanted => text(value, direction),
                _ => None,
            })
        }
    }
}
