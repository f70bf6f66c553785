//! `#[query("name", csv)] argument: T` and its sisters.

use syn::{Attribute, Ident, LitStr, Meta, Path};

use crate::diagnostics::Diagnostics;
use crate::parse::arguments::{self, Arg, checked};
use crate::parse::attributes::{is_cfg, is_lint, name};
use crate::parse::{headers, media_types, path_template};
use crate::suggest;

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
    fn one_of<'a>(&self, choices: &[&'a str], diagnostics: &Diagnostics) -> Option<&'a str> {
        let found: Vec<_> = self.list.iter().filter(|(word, _)| choices.contains(&&**word)).collect();
        for (word, arg) in found.iter().skip(1) {
            diagnostics
                .spanned(arg.tokens(), format!("`{}` and `{word}` exclude each other\nhelp: remove one", found[0].0));
        }
        let (first, _) = found.first()?;
        choices.iter().find(|choice| *choice == first).copied()
    }

    fn string(&self, word: &str, example: &str, diagnostics: &Diagnostics) -> Option<LitStr> {
        self.list.iter().find(|(found, _)| found == word).and_then(|(_, arg)| arg.string(example, diagnostics))
    }

    fn shape(&self, diagnostics: &Diagnostics) -> Shape {
        match self.one_of(&["display", "with"], diagnostics) {
            None => Shape::Serialize,
            Some("display") => Shape::Display,
            Some(_) => {
                let example = "with = \"path::to::function\"";
                let Some(text) = self.string("with", example, diagnostics) else { return Shape::default() };
                let path = text.parse::<Path>();
                if path.is_err() {
                    let message = format!("`{}` is no path to a function\nhelp: write `{example}`", text.value());
                    diagnostics.spanned(&text, message);
                }
                path.map_or_else(|_| Shape::default(), Shape::With)
            }
        }
    }
}

impl Role {
    pub(crate) fn parse(attribute: &Attribute, word: &Ident, diagnostics: &Diagnostics) -> Self {
        let args = match &attribute.meta {
            Meta::Path(_) => Vec::new(),
            Meta::List(list) => arguments::split(list.tokens.clone(), diagnostics),
            Meta::NameValue(pair) => {
                diagnostics.spanned(
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
            diagnostics.spanned(word, message);
            return Self::Broken;
        }
        match name.as_str() {
            "path" => {
                let words = read(word, args, &["encoded", "display", "with"], diagnostics);
                Self::Path { encoded: words.has("encoded"), shape: words.shape(diagnostics), placeholder: words.text }
            }
            "query" => query(word, args, diagnostics),
            "header" => header(word, args, diagnostics),
            "cookie" => {
                let words = read(word, args, &["display", "with"], diagnostics);
                let name = words.text.clone().filter(|name| checked(name, diagnostics, headers::cookie_name).is_some());
                Self::Cookie { name, shape: words.shape(diagnostics) }
            }
            "field" => {
                let words = read(word, args, &["display", "with"], diagnostics);
                Self::Field {
                    shape: words.shape(diagnostics),
                    name: words.text.filter(|name| is_named(name, diagnostics)),
                }
            }
            "json" => Self::Json {
                media: media(&read(word, args, &[], diagnostics), diagnostics, media_types::json_media_type),
            },
            "form" => {
                let words = read_words(word, args, &["brackets", "dots"], diagnostics);
                let style = words.one_of(&["brackets", "dots"], diagnostics);
                Self::Form {
                    style: style.map(|style| if style == "dots" { FormStyle::Dots } else { FormStyle::Brackets }),
                }
            }
            "part" => part(word, args, diagnostics),
            "body" => body(word, args, diagnostics),
            alone => {
                read_words(word, args, &[], diagnostics);
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

fn query(word: &Ident, args: Vec<Arg>, diagnostics: &Diagnostics) -> Role {
    const FORMS: [&str; 7] = ["csv", "ssv", "tsv", "pipes", "flatten", "deep_object", "flag"];
    const WORDS: [&str; 10] =
        ["csv", "ssv", "tsv", "pipes", "flatten", "deep_object", "flag", "encoded", "display", "with"];
    let words = read(word, args, &WORDS, diagnostics);
    let form = words.one_of(&FORMS, diagnostics);
    // `display` and `with` make one text of a value, where these three have none, or several.
    if let Some(form @ ("flatten" | "deep_object" | "flag")) = form
        && let Some((other, arg)) = words.list.iter().find(|(other, _)| matches!(&**other, "display" | "with"))
    {
        diagnostics.spanned(arg.tokens(), format!("`{form}` and `{other}` exclude each other\nhelp: remove one"));
        return Role::Broken;
    }
    if let (Some(form), Some((_, arg))) = (form, words.list.iter().find(|(word, _)| word == "encoded"))
        && form != "flatten"
    {
        diagnostics.spanned(arg.tokens(), format!("`{form}` and `encoded` exclude each other\nhelp: remove one"));
        return Role::Broken;
    }
    if let (Some("flatten"), Some(text)) = (form, &words.text) {
        diagnostics.spanned(text, "`flatten` sends the fields under their own names\nhelp: remove this one");
        return Role::Broken;
    }
    let encoded = words.has("encoded");
    if let (true, Some(text)) = (encoded, &words.text) {
        checked(text, diagnostics, path_template::encoded_name);
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
    Role::Query { form, shape: words.shape(diagnostics), name: words.text.filter(|name| is_named(name, diagnostics)) }
}

fn header(word: &Ident, args: Vec<Arg>, diagnostics: &Diagnostics) -> Role {
    let words = read(word, args, &["sensitive", "display", "with"], diagnostics);
    let (sensitive, shape) = (words.has("sensitive"), words.shape(diagnostics));
    let Some(name) = words.text else {
        diagnostics.spanned(word, "`#[header]` needs the header's name\nhelp: write `#[header(\"X-Request-Id\")]`");
        return Role::Broken;
    };
    match checked(&name, diagnostics, headers::parameter_name) {
        Some(wire) => Role::Header { name, wire, sensitive, shape },
        None => Role::Broken,
    }
}

fn part(word: &Ident, args: Vec<Arg>, diagnostics: &Diagnostics) -> Role {
    let words = read(word, args, &["json", "file_name", "media"], diagnostics);
    let media = words.string("media", "media = \"application/zip\"", diagnostics);
    if let Some(media) = &media {
        checked(media, diagnostics, media_types::media_type);
    }
    Role::Part {
        json: words.has("json"),
        file_name: words.string("file_name", "file_name = \"flow.yaml\"", diagnostics),
        media,
        name: words.text.filter(|name| is_named(name, diagnostics)),
    }
}

fn body(word: &Ident, args: Vec<Arg>, diagnostics: &Diagnostics) -> Role {
    let words = read(word, args, &[], diagnostics);
    if words.text.is_none() {
        diagnostics
            .spanned(word, "`#[body]` needs the media type of the body\nhelp: write `#[body(\"application/x-yaml\")]`");
        return Role::Broken;
    }
    media(&words, diagnostics, media_types::media_type).map_or(Role::Broken, |media| Role::Body { media })
}

fn media(words: &Words, diagnostics: &Diagnostics, check: fn(&str) -> Result<(), String>) -> Option<LitStr> {
    words.text.clone().filter(|text| checked(text, diagnostics, check).is_some())
}

/// Words alone, without a string.
fn read_words(word: &Ident, args: Vec<Arg>, known: &[&str], diagnostics: &Diagnostics) -> Words {
    let mut words = read(word, args, known, diagnostics);
    if let Some(text) = words.text.take() {
        diagnostics.spanned(&text, format!("`#[{word}]` takes no name\nhelp: remove the string"));
    }
    words
}

/// The string that comes first, and the words behind it.
fn read(word: &Ident, args: Vec<Arg>, known: &[&str], diagnostics: &Diagnostics) -> Words {
    let of = format!("#[{word}]");
    let mut words = Words { text: None, list: Vec::new() };
    let mut seen = Vec::new();
    for (index, arg) in args.into_iter().enumerate() {
        match arg {
            Arg::Text(found) if index == 0 => words.text = Some(found),
            Arg::Text(found) => {
                diagnostics
                    .spanned(&found, format!("`{of}` has one string, and it comes first\nhelp: remove this one"));
            }
            Arg::Word { ref name, .. } if known.is_empty() => {
                diagnostics.spanned(name, format!("`{of}` has no argument `{name}`\nhelp: remove it"));
            }
            Arg::Word { .. } => {
                let Some(found) = arg.word(&of, known, &mut seen, diagnostics) else { continue };
                if !matches!(&*found, "with" | "file_name" | "media") {
                    arg.flag(diagnostics);
                }
                words.list.push((found, arg));
            }
        }
    }
    words
}

fn is_named(name: &LitStr, diagnostics: &Diagnostics) -> bool {
    let named = !name.value().is_empty();
    if !named {
        diagnostics.spanned(
            name,
            "the name is empty\nhelp: write the name on the wire, or leave it out to use the argument's",
        );
    }
    named
}

/// The role of an argument by its attributes; `None` where none of ours is there.
pub(crate) fn role(attributes: &[Attribute], diagnostics: &Diagnostics) -> Option<Role> {
    let mut role: Option<(String, Role)> = None;
    let mut broken = false;
    for attribute in attributes {
        if is_lint(attribute) || is_cfg(attribute) {
            continue;
        }
        let ours = attribute.path().get_ident().filter(|word| WORDS.contains(&&*word.to_string()));
        match (ours, &role) {
            (Some(word), None) => role = Some((word.to_string(), Role::parse(attribute, word, diagnostics))),
            (Some(word), Some((first, _))) => {
                diagnostics.spanned(word, format!("the argument is `#[{first}]` already\nhelp: remove one of the two"));
            }
            (None, _) => {
                unknown(attribute, diagnostics);
                broken = true;
            }
        }
    }
    role.map(|(_, role)| role).or_else(|| broken.then_some(Role::Broken))
}

fn unknown(attribute: &Attribute, diagnostics: &Diagnostics) {
    let path = attribute.path();
    let word = name(attribute).unwrap_or_else(|| quote::quote!(#path).to_string());
    if word == "doc" {
        diagnostics.spanned(path, "a parameter has no docs of its own\nhelp: move them to the method's docs");
        return;
    }
    let hint = suggest::near(&word, &WORDS).map(|near| format!("; did you mean `#[{near}]`?")).unwrap_or_default();
    let known = suggest::list(&WORDS.map(|word| format!("#[{word}]")).each_ref().map(String::as_str));
    diagnostics.spanned(path, format!("`#[{word}]` does not describe a parameter{hint}\nhelp: write one of {known}"));
}
