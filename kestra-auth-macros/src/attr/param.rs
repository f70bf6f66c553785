//! `#[query("name", csv)] argument: T` and its sisters.

use syn::{Attribute, Ident, LitStr, Meta};

use super::arg::{self, Arg};
use crate::errors::Errors;
use crate::header;
use crate::words;

/// The words of parameters.
pub(crate) const WORDS: [&str; 4] = ["path", "query", "header", "json"];

/// What the attribute makes of an argument.
pub(crate) enum Role {
    /// The value of a placeholder.
    Path {
        placeholder: Option<LitStr>,
    },
    Query {
        name: Option<LitStr>,
        style: Style,
    },
    Header {
        name: LitStr,
        wire: String,
        sensitive: bool,
    },
    Json {
        media: Option<LitStr>,
    },
    /// The attribute is there and wrong, which has been said.
    Broken,
}

/// How a sequence is written.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Style {
    Repeat,
    Csv,
}

impl Role {
    pub(crate) fn parse(attribute: &Attribute, word: &Ident, errors: &Errors) -> Self {
        let args = match &attribute.meta {
            Meta::Path(_) => Vec::new(),
            Meta::List(list) => arg::split(list.tokens.clone(), errors),
            Meta::NameValue(pair) => {
                errors.spanned(&pair.value, format!("the name stands in parentheses: write `#[{word}(\"name\")]`"));
                return Self::Broken;
            }
        };
        match word.to_string().as_str() {
            "path" => Self::Path { placeholder: read(word, args, &[], errors).0 },
            "query" => {
                let (name, flags) = read(word, args, &["csv"], errors);
                let style = if flags.is_empty() { Style::Repeat } else { Style::Csv };
                Self::Query { name: name.filter(|name| is_named(name, errors)), style }
            }
            "header" => {
                let (name, flags) = read(word, args, &["sensitive"], errors);
                let Some(name) = name else {
                    errors.spanned(word, "a header has its name on the wire: write `#[header(\"X-Request-Id\")]`");
                    return Self::Broken;
                };
                match super::checked(&name, errors, wire_header) {
                    Some(wire) => Self::Header { name, wire, sensitive: !flags.is_empty() },
                    None => Self::Broken,
                }
            }
            _ => {
                let (media, _) = read(word, args, &[], errors);
                if let Some(media) = &media {
                    super::checked(media, errors, json_media);
                }
                Self::Json { media }
            }
        }
    }
}

/// The string that comes first, and the flags behind it.
fn read(word: &Ident, args: Vec<Arg>, flags: &[&str], errors: &Errors) -> (Option<LitStr>, Vec<String>) {
    let of = format!("#[{word}]");
    let mut text = None;
    let mut seen = Vec::new();
    for (index, arg) in args.into_iter().enumerate() {
        match arg {
            Arg::Text(found) if index == 0 => text = Some(found),
            Arg::Text(found) => {
                errors.spanned(&found, format!("`{of}` has one string, and it comes first: remove this one"));
            }
            Arg::Word { ref name, .. } if flags.is_empty() => {
                errors.spanned(name, format!("`{of}` has no argument `{name}`: it takes one string"));
            }
            Arg::Word { .. } => {
                if arg.word(&of, flags, &mut seen, errors).is_some() {
                    arg.flag(errors);
                }
            }
        }
    }
    (text, seen)
}

fn is_named(name: &LitStr, errors: &Errors) -> bool {
    let named = !name.value().is_empty();
    if !named {
        errors.spanned(name, "the name is empty: write the name on the wire, or leave it out to use the argument's");
    }
    named
}

fn wire_header(name: &str) -> Result<String, String> {
    let wire = header::header_name(name)?;
    match wire.as_str() {
        "content-type" => {
            Err("`Content-Type` comes from the body: write its media type there, `#[json(\"application/scim+json\")]`"
                .into())
        }
        _ => Ok(wire),
    }
}

/// A JSON media type: `application/json` or anything that ends in `+json`.
fn json_media(text: &str) -> Result<(), String> {
    header::media_type(text)?;
    let essence = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if essence.ends_with("/json") || essence.ends_with("+json") {
        Ok(())
    } else {
        Err(format!("`{text}` is no JSON media type: it ends in `/json` or `+json`, as in \"application/scim+json\""))
    }
}

/// The role of an argument by its attributes; `None` where none of ours is there.
pub(crate) fn role(attributes: &[Attribute], errors: &Errors) -> Option<Role> {
    let mut role: Option<(String, Role)> = None;
    for attribute in attributes {
        if super::is_lint(attribute) || super::is_cfg(attribute) {
            continue;
        }
        let ours = attribute.path().get_ident().filter(|word| WORDS.contains(&&*word.to_string()));
        match (ours, &role) {
            (Some(word), None) => role = Some((word.to_string(), Role::parse(attribute, word, errors))),
            (Some(word), Some((first, _))) => {
                errors.spanned(word, format!("the argument is `#[{first}]` already: remove one of the two"));
            }
            (None, _) => {
                unknown(attribute, errors);
                role = role.or_else(|| Some((String::new(), Role::Broken)));
            }
        }
    }
    role.map(|(_, role)| role)
}

fn unknown(attribute: &Attribute, errors: &Errors) {
    let path = attribute.path();
    let word = super::name(attribute).unwrap_or_else(|| quote::quote!(#path).to_string());
    let hint = match words::near(&word, &WORDS) {
        Some(near) => format!("; did you mean `#[{near}]`?"),
        None if word == "doc" => ": describe the parameter in the method's docs".to_owned(),
        None => String::new(),
    };
    let known = words::list(&WORDS.map(|word| format!("#[{word}]")).each_ref().map(String::as_str));
    errors.spanned(path, format!("`#[{word}]` does not describe a parameter{hint}\nnote: parameters are {known}"));
}
