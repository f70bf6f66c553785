//! `#[query("name", csv)] argument: T` and its sisters.

use syn::{Attribute, Ident, LitStr, Meta, Path};

use crate::diagnostics::Diagnostics;
use crate::parse::arguments::{self, Arg, checked};
use crate::parse::attributes::{is_cfg, is_lint, name};
use crate::parse::param_kind::{FormNesting, PARAM_ATTRIBUTES, ParamKind, QueryStyle, ValueEncoder};
use crate::parse::{headers, media_types};
use crate::suggest;

/// The attribute of a parameter as the user wrote it.
pub(crate) struct ParamAttribute {
    /// The name on the wire, or that of a placeholder.
    pub(crate) name: Option<LitStr>,
    pub(crate) kind: ParamKind,
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
                .report(arg.tokens(), format!("`{}` and `{word}` exclude each other\nhelp: remove one", found[0].0));
        }
        let (first, _) = found.first()?;
        choices.iter().find(|choice| *choice == first).copied()
    }

    fn string(&self, word: &str, example: &str, diagnostics: &Diagnostics) -> Option<LitStr> {
        self.list.iter().find(|(found, _)| found == word).and_then(|(_, arg)| arg.string(example, diagnostics))
    }

    fn encoder(&self, diagnostics: &Diagnostics) -> ValueEncoder {
        match self.one_of(&["display", "with"], diagnostics) {
            None => ValueEncoder::Serialize,
            Some("display") => ValueEncoder::Display,
            Some(_) => {
                let example = "with = \"path::to::function\"";
                let Some(text) = self.string("with", example, diagnostics) else { return ValueEncoder::default() };
                let path = text.parse::<Path>();
                if path.is_err() {
                    let message = format!("`{}` is no path to a function\nhelp: write `{example}`", text.value());
                    diagnostics.report(&text, message);
                }
                path.map_or_else(|_| ValueEncoder::default(), ValueEncoder::With)
            }
        }
    }
}

impl ParamAttribute {
    /// Parses the attribute that describes a parameter, if there is one.
    pub(crate) fn parse_all(attributes: &[Attribute], diagnostics: &Diagnostics) -> Self {
        let mut found: Option<(String, Self)> = None;
        let mut kind = ParamKind::Unannotated;
        for attribute in attributes.iter().filter(|attribute| !is_lint(attribute) && !is_cfg(attribute)) {
            let ours = attribute.path().get_ident().filter(|word| PARAM_ATTRIBUTES.contains(&&*word.to_string()));
            match (ours, &found) {
                (Some(word), None) => found = Some((word.to_string(), Self::parse(attribute, word, diagnostics))),
                (Some(word), Some((first, _))) => {
                    diagnostics
                        .report(word, format!("the argument is `#[{first}]` already\nhelp: remove one of the two"));
                }
                (None, _) => {
                    unknown(attribute, diagnostics);
                    kind = ParamKind::Invalid;
                }
            }
        }
        found.map_or(Self { name: None, kind }, |(_, found)| found)
    }

    fn parse(attribute: &Attribute, word: &Ident, diagnostics: &Diagnostics) -> Self {
        let args = match &attribute.meta {
            Meta::Path(_) => Vec::new(),
            Meta::List(list) => arguments::split(list.tokens.clone(), diagnostics),
            Meta::NameValue(pair) => {
                diagnostics.report(
                    &pair.value,
                    format!("the name stands in parentheses, not behind `=`\nhelp: write `#[{word}(\"name\")]`"),
                );
                return Self { name: None, kind: ParamKind::Invalid };
            }
        };
        let name = word.to_string();
        let known: &[&str] = match &*name {
            "path" => &["encoded", "display", "with"],
            "query" => &QUERY_WORDS,
            "header" => &["sensitive", "display", "with"],
            "cookie" | "field" => &["display", "with"],
            "form" => &["brackets", "dots"],
            "part" => &["json", "file_name", "media"],
            _ => &[],
        };
        let mut words = read(word, args, known, diagnostics);
        let is_nameless = matches!(&*name, "form" | "headers" | "multipart" | "options" | "url");
        if let Some(text) = words.text.take_if(|_| is_nameless) {
            diagnostics.report(&text, format!("`#[{word}]` takes no name\nhelp: remove the string"));
        }
        let kind = match &*name {
            "path" => ParamKind::Path { encoded: words.has("encoded"), encoder: words.encoder(diagnostics) },
            "query" => query(&words, diagnostics),
            "header" => header(word, &words, diagnostics),
            "cookie" => {
                words.text =
                    words.text.take().filter(|name| checked(name, diagnostics, headers::cookie_name).is_some());
                ParamKind::Cookie { encoder: words.encoder(diagnostics) }
            }
            "field" => ParamKind::Field { encoder: words.encoder(diagnostics) },
            "part" => part(&words, diagnostics),
            "json" => ParamKind::Json { media_type: media_type(words.text.take(), diagnostics) },
            "form" => ParamKind::Form { nesting: nesting(&words, diagnostics) },
            "body" => body(word, words.text.take(), diagnostics),
            "headers" => ParamKind::Headers,
            "multipart" => ParamKind::Multipart,
            "options" => ParamKind::Options,
            _ => ParamKind::Url,
        };
        Self { name: words.text, kind }
    }
}

const QUERY_STYLES: [&str; 7] = ["csv", "ssv", "tsv", "pipes", "flatten", "deep_object", "flag"];
const QUERY_WORDS: [&str; 10] =
    ["csv", "ssv", "tsv", "pipes", "flatten", "deep_object", "flag", "encoded", "display", "with"];

fn query(words: &Words, diagnostics: &Diagnostics) -> ParamKind {
    let style = words.one_of(&QUERY_STYLES, diagnostics);
    // `display` and `with` make one text of a value; these three styles write none, or several.
    if let Some(style @ ("flatten" | "deep_object" | "flag")) = style
        && let Some((other, arg)) = words.list.iter().find(|(other, _)| matches!(&**other, "display" | "with"))
    {
        diagnostics.report(arg.tokens(), format!("`{style}` and `{other}` exclude each other\nhelp: remove one"));
        return ParamKind::Invalid;
    }
    if let (Some(style), Some((_, arg))) = (style, words.list.iter().find(|(word, _)| word == "encoded"))
        && style != "flatten"
    {
        diagnostics.report(arg.tokens(), format!("`{style}` and `encoded` exclude each other\nhelp: remove one"));
        return ParamKind::Invalid;
    }
    let style = match (style, words.has("encoded")) {
        (None, false) => QueryStyle::Repeated,
        (None, true) => QueryStyle::Encoded,
        (Some("csv"), _) => QueryStyle::Joined(","),
        (Some("ssv"), _) => QueryStyle::Joined("%20"),
        (Some("tsv"), _) => QueryStyle::Joined("%09"),
        (Some("pipes"), _) => QueryStyle::Joined("%7C"),
        (Some("flatten"), false) => QueryStyle::Flattened,
        (Some("flatten"), true) => QueryStyle::FlattenedEncoded,
        (Some("flag"), _) => QueryStyle::Flag,
        (Some(_), _) => QueryStyle::DeepObject,
    };
    ParamKind::Query { style, encoder: words.encoder(diagnostics) }
}

fn header(word: &Ident, words: &Words, diagnostics: &Diagnostics) -> ParamKind {
    let (sensitive, encoder) = (words.has("sensitive"), words.encoder(diagnostics));
    let Some(name) = &words.text else {
        diagnostics.report(word, "`#[header]` needs the header's name\nhelp: write `#[header(\"X-Request-Id\")]`");
        return ParamKind::Invalid;
    };
    match checked(name, diagnostics, headers::header_name) {
        Some(_) => ParamKind::Header { sensitive, encoder },
        None => ParamKind::Invalid,
    }
}

fn nesting(words: &Words, diagnostics: &Diagnostics) -> Option<FormNesting> {
    let word = words.one_of(&["brackets", "dots"], diagnostics)?;
    Some(if word == "dots" { FormNesting::Dots } else { FormNesting::Brackets })
}

fn part(words: &Words, diagnostics: &Diagnostics) -> ParamKind {
    ParamKind::Part {
        json: words.has("json"),
        file_name: words.string("file_name", "file_name = \"flow.yaml\"", diagnostics),
        media_type: media_type(words.string("media", "media = \"application/zip\"", diagnostics), diagnostics),
    }
}

fn body(word: &Ident, text: Option<LitStr>, diagnostics: &Diagnostics) -> ParamKind {
    if text.is_none() {
        let message = "`#[body]` needs the media type of the body\nhelp: write `#[body(\"application/x-yaml\")]`";
        diagnostics.report(word, message);
    }
    media_type(text, diagnostics).map_or(ParamKind::Invalid, |media_type| ParamKind::Body { media_type })
}

fn media_type(text: Option<LitStr>, diagnostics: &Diagnostics) -> Option<LitStr> {
    text.filter(|text| checked(text, diagnostics, media_types::media_type).is_some())
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
                diagnostics.report(&found, format!("`{of}` has one string, and it comes first\nhelp: remove this one"));
            }
            Arg::Word { ref name, .. } if known.is_empty() => {
                diagnostics.report(name, format!("`{of}` has no argument `{name}`\nhelp: remove it"));
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

fn unknown(attribute: &Attribute, diagnostics: &Diagnostics) {
    let path = attribute.path();
    let word = name(attribute).unwrap_or_else(|| quote::quote!(#path).to_string());
    if word == "doc" {
        diagnostics.report(path, "a parameter has no docs of its own\nhelp: move them to the method's docs");
        return;
    }
    let hint =
        suggest::near(&word, &PARAM_ATTRIBUTES).map(|near| format!("; did you mean `#[{near}]`?")).unwrap_or_default();
    let known = suggest::list(&PARAM_ATTRIBUTES.map(|word| format!("#[{word}]")).each_ref().map(String::as_str));
    diagnostics.report(path, format!("`#[{word}]` does not describe a parameter{hint}\nhelp: write one of {known}"));
}
