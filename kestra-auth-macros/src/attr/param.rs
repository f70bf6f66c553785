//! `#[query("name", csv)] argument: T` and its sisters.

use syn::{Attribute, Ident, LitStr, Meta, Path};

use super::arg::{self, Arg};
use crate::errors::Errors;
use crate::{header, path, words};

/// The words of parameters.
pub(crate) const WORDS: [&str; 13] = [
    "path",
    "query",
    "header",
    "headers",
    "cookie",
    "json",
    "form",
    "field",
    "multipart",
    "part",
    "body",
    "options",
    "url",
];

/// What the attribute makes of an argument.
pub(crate) enum Role {
    /// The value of a placeholder.
    Path {
        placeholder: Option<LitStr>,
        encoded: bool,
        shape: Shape,
    },
    Query {
        name: Option<LitStr>,
        form: QueryForm,
        shape: Shape,
    },
    Header {
        name: LitStr,
        wire: String,
        sensitive: bool,
        shape: Shape,
    },
    Headers,
    Cookie {
        name: Option<LitStr>,
        shape: Shape,
    },
    Json {
        media: Option<LitStr>,
    },
    Form {
        style: Option<FormStyle>,
    },
    Field {
        name: Option<LitStr>,
        shape: Shape,
    },
    Multipart,
    Part {
        name: Option<LitStr>,
        json: bool,
        file_name: Option<LitStr>,
        media: Option<LitStr>,
    },
    Body {
        media: LitStr,
    },
    Options,
    Url,
    /// The attribute is there and wrong, which has been said.
    Broken,
}

/// What is sent of a value.
#[derive(Default)]
pub(crate) enum Shape {
    /// What its `Serialize` says.
    #[default]
    Serialize,
    /// Its `Display`.
    Display,
    /// What a function writes.
    With(Path),
}

/// How a query parameter is written.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum QueryForm {
    /// `name=a&name=b`
    Repeat,
    /// `name=a,b`, with this separator.
    Joined(&'static str),
    Encoded,
    Flatten,
    FlattenEncoded,
    DeepObject,
    Flag,
}

/// How a form writes structs inside of structs.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum FormStyle {
    Brackets,
    Dots,
}

/// What stands in the parentheses.
struct Words {
    text: Option<LitStr>,
    list: Vec<(String, Arg)>,
}

impl Words {
    fn has(&self, word: &str) -> bool {
        self.list.iter().any(|(found, _)| found == word)
    }

    /// The word of `choices` that is there; a second one is a mistake.
    fn one_of<'a>(&self, choices: &[&'a str], errors: &Errors) -> Option<&'a str> {
        let found: Vec<_> = self.list.iter().filter(|(word, _)| choices.contains(&&**word)).collect();
        for (word, arg) in found.iter().skip(1) {
            errors.spanned(arg.tokens(), format!("`{}` and `{word}` exclude each other\nhelp: remove one", found[0].0));
        }
        let (first, _) = found.first()?;
        choices.iter().find(|choice| *choice == first).copied()
    }

    fn string(&self, word: &str, example: &str, errors: &Errors) -> Option<LitStr> {
        self.list.iter().find(|(found, _)| found == word).and_then(|(_, arg)| arg.string(example, errors))
    }

    fn shape(&self, errors: &Errors) -> Shape {
        match self.one_of(&["display", "with"], errors) {
            None => Shape::Serialize,
            Some("display") => Shape::Display,
            Some(_) => {
                let example = "with = \"path::to::function\"";
                let Some(text) = self.string("with", example, errors) else { return Shape::default() };
                let path = text.parse::<Path>();
                if path.is_err() {
                    let message = format!("`{}` is no path to a function\nhelp: write `{example}`", text.value());
                    errors.spanned(&text, message);
                }
                path.map_or_else(|_| Shape::default(), Shape::With)
            }
        }
    }
}

impl Role {
    pub(crate) fn parse(attribute: &Attribute, word: &Ident, errors: &Errors) -> Self {
        let args = match &attribute.meta {
            Meta::Path(_) => Vec::new(),
            Meta::List(list) => arg::split(list.tokens.clone(), errors),
            Meta::NameValue(pair) => {
                errors.spanned(
                    &pair.value,
                    format!("the name stands in parentheses, not behind `=`\nhelp: write `#[{word}(\"name\")]`"),
                );
                return Self::Broken;
            }
        };
        let name = word.to_string();
        if let ("multipart" | "part", false) = (&*name, cfg!(feature = "multipart")) {
            let message =
                format!("`#[{word}]` needs the feature `multipart` of kestra-auth\nhelp: turn it on in Cargo.toml");
            errors.spanned(word, message);
            return Self::Broken;
        }
        match name.as_str() {
            "path" => {
                let words = read(word, args, &["encoded", "display", "with"], errors);
                Self::Path { encoded: words.has("encoded"), shape: words.shape(errors), placeholder: words.text }
            }
            "query" => query(word, args, errors),
            "header" => header(word, args, errors),
            "cookie" => {
                let words = read(word, args, &["display", "with"], errors);
                let name =
                    words.text.clone().filter(|name| super::checked(name, errors, header::cookie_name).is_some());
                Self::Cookie { name, shape: words.shape(errors) }
            }
            "field" => {
                let words = read(word, args, &["display", "with"], errors);
                Self::Field { shape: words.shape(errors), name: words.text.filter(|name| is_named(name, errors)) }
            }
            "json" => Self::Json { media: media(&read(word, args, &[], errors), errors, header::json_media_type) },
            "form" => {
                let words = read_words(word, args, &["brackets", "dots"], errors);
                let style = words.one_of(&["brackets", "dots"], errors);
                Self::Form {
                    style: style.map(|style| if style == "dots" { FormStyle::Dots } else { FormStyle::Brackets }),
                }
            }
            "part" => part(word, args, errors),
            "body" => body(word, args, errors),
            alone => {
                read_words(word, args, &[], errors);
                match alone {
                    "headers" => Self::Headers,
                    "multipart" => Self::Multipart,
                    "options" => Self::Options,
                    _ => Self::Url,
                }
            }
        }
    }
}

fn query(word: &Ident, args: Vec<Arg>, errors: &Errors) -> Role {
    const FORMS: [&str; 7] = ["csv", "ssv", "tsv", "pipes", "flatten", "deep_object", "flag"];
    const WORDS: [&str; 10] =
        ["csv", "ssv", "tsv", "pipes", "flatten", "deep_object", "flag", "encoded", "display", "with"];
    let words = read(word, args, &WORDS, errors);
    let form = words.one_of(&FORMS, errors);
    // `display` and `with` make one text of a value, where these three have none, or several.
    if let Some(form @ ("flatten" | "deep_object" | "flag")) = form
        && let Some((other, arg)) = words.list.iter().find(|(other, _)| matches!(&**other, "display" | "with"))
    {
        errors.spanned(arg.tokens(), format!("`{form}` and `{other}` exclude each other\nhelp: remove one"));
        return Role::Broken;
    }
    if let (Some(form), Some((_, arg))) = (form, words.list.iter().find(|(word, _)| word == "encoded"))
        && form != "flatten"
    {
        errors.spanned(arg.tokens(), format!("`{form}` and `encoded` exclude each other\nhelp: remove one"));
        return Role::Broken;
    }
    if let (Some("flatten"), Some(text)) = (form, &words.text) {
        errors.spanned(text, "`flatten` sends the fields under their own names\nhelp: remove this one");
        return Role::Broken;
    }
    let encoded = words.has("encoded");
    if let (true, Some(text)) = (encoded, &words.text) {
        super::checked(text, errors, path::encoded_name);
    }
    let form = match (form, encoded) {
        (None, false) => QueryForm::Repeat,
        (None, true) => QueryForm::Encoded,
        (Some("csv"), _) => QueryForm::Joined(","),
        (Some("ssv"), _) => QueryForm::Joined("%20"),
        (Some("tsv"), _) => QueryForm::Joined("%09"),
        (Some("pipes"), _) => QueryForm::Joined("%7C"),
        (Some("flatten"), false) => QueryForm::Flatten,
        (Some("flatten"), true) => QueryForm::FlattenEncoded,
        (Some("flag"), _) => QueryForm::Flag,
        (Some(_), _) => QueryForm::DeepObject,
    };
    Role::Query { form, shape: words.shape(errors), name: words.text.filter(|name| is_named(name, errors)) }
}

fn header(word: &Ident, args: Vec<Arg>, errors: &Errors) -> Role {
    let words = read(word, args, &["sensitive", "display", "with"], errors);
    let (sensitive, shape) = (words.has("sensitive"), words.shape(errors));
    let Some(name) = words.text else {
        errors.spanned(word, "`#[header]` needs the header's name\nhelp: write `#[header(\"X-Request-Id\")]`");
        return Role::Broken;
    };
    match super::checked(&name, errors, header::parameter_name) {
        Some(wire) => Role::Header { name, wire, sensitive, shape },
        None => Role::Broken,
    }
}

fn part(word: &Ident, args: Vec<Arg>, errors: &Errors) -> Role {
    let words = read(word, args, &["json", "file_name", "media"], errors);
    let media = words.string("media", "media = \"application/zip\"", errors);
    if let Some(media) = &media {
        super::checked(media, errors, header::media_type);
    }
    Role::Part {
        json: words.has("json"),
        file_name: words.string("file_name", "file_name = \"flow.yaml\"", errors),
        media,
        name: words.text.filter(|name| is_named(name, errors)),
    }
}

fn body(word: &Ident, args: Vec<Arg>, errors: &Errors) -> Role {
    let words = read(word, args, &[], errors);
    if words.text.is_none() {
        errors
            .spanned(word, "`#[body]` needs the media type of the body\nhelp: write `#[body(\"application/x-yaml\")]`");
        return Role::Broken;
    }
    media(&words, errors, header::media_type).map_or(Role::Broken, |media| Role::Body { media })
}

fn media(words: &Words, errors: &Errors, check: fn(&str) -> Result<(), String>) -> Option<LitStr> {
    words.text.clone().filter(|text| super::checked(text, errors, check).is_some())
}

/// Words alone, without a string.
fn read_words(word: &Ident, args: Vec<Arg>, known: &[&str], errors: &Errors) -> Words {
    let mut words = read(word, args, known, errors);
    if let Some(text) = words.text.take() {
        errors.spanned(&text, format!("`#[{word}]` takes no name\nhelp: remove the string"));
    }
    words
}

/// The string that comes first, and the words behind it.
fn read(word: &Ident, args: Vec<Arg>, known: &[&str], errors: &Errors) -> Words {
    let of = format!("#[{word}]");
    let mut words = Words { text: None, list: Vec::new() };
    let mut seen = Vec::new();
    for (index, arg) in args.into_iter().enumerate() {
        match arg {
            Arg::Text(found) if index == 0 => words.text = Some(found),
            Arg::Text(found) => {
                errors.spanned(&found, format!("`{of}` has one string, and it comes first\nhelp: remove this one"));
            }
            Arg::Word { ref name, .. } if known.is_empty() => {
                errors.spanned(name, format!("`{of}` has no argument `{name}`\nhelp: remove it"));
            }
            Arg::Word { .. } => {
                let Some(found) = arg.word(&of, known, &mut seen, errors) else { continue };
                if !matches!(&*found, "with" | "file_name" | "media") {
                    arg.flag(errors);
                }
                words.list.push((found, arg));
            }
        }
    }
    words
}

fn is_named(name: &LitStr, errors: &Errors) -> bool {
    let named = !name.value().is_empty();
    if !named {
        errors.spanned(
            name,
            "the name is empty\nhelp: write the name on the wire, or leave it out to use the argument's",
        );
    }
    named
}

/// The role of an argument by its attributes; `None` where none of ours is there.
pub(crate) fn role(attributes: &[Attribute], errors: &Errors) -> Option<Role> {
    let mut role: Option<(String, Role)> = None;
    let mut broken = false;
    for attribute in attributes {
        if super::is_lint(attribute) || super::is_cfg(attribute) {
            continue;
        }
        let ours = attribute.path().get_ident().filter(|word| WORDS.contains(&&*word.to_string()));
        match (ours, &role) {
            (Some(word), None) => role = Some((word.to_string(), Role::parse(attribute, word, errors))),
            (Some(word), Some((first, _))) => {
                errors.spanned(word, format!("the argument is `#[{first}]` already\nhelp: remove one of the two"));
            }
            (None, _) => {
                unknown(attribute, errors);
                broken = true;
            }
        }
    }
    role.map(|(_, role)| role).or_else(|| broken.then_some(Role::Broken))
}

fn unknown(attribute: &Attribute, errors: &Errors) {
    let path = attribute.path();
    let word = super::name(attribute).unwrap_or_else(|| quote::quote!(#path).to_string());
    if word == "doc" {
        errors.spanned(path, "a parameter has no docs of its own\nhelp: move them to the method's docs");
        return;
    }
    let hint = words::near(&word, &WORDS).map(|near| format!("; did you mean `#[{near}]`?")).unwrap_or_default();
    let known = words::list(&WORDS.map(|word| format!("#[{word}]")).each_ref().map(String::as_str));
    errors.spanned(path, format!("`#[{word}]` does not describe a parameter{hint}\nhelp: write one of {known}"));
}
