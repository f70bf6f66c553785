//! The attributes of parameters: `#[query("name", csv)]`, `#[json]` and the others.

use proc_macro2::TokenTree;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, Ident, LitStr, Meta, Path};

use crate::diagnostics::Diagnostics;
use crate::parse::arguments::{self, Arg, Value, checked};
use crate::parse::attributes::{is_cfg, is_lint};
use crate::parse::leading_string::{self, Leading};
use crate::parse::param_kind::{FormNesting, PARAM_ATTRIBUTES, ParamKind, QueryStyle, Separator, ValueEncoder};
use crate::parse::{foreign_words, headers, media_types};
use crate::spans::text_of;
use crate::suggest;

/// The attribute of a parameter as the user wrote it.
pub(crate) struct ParamAttribute {
    /// The name on the wire, or that of a placeholder.
    pub(crate) name: Option<LitStr>,
    pub(crate) kind: ParamKind,
}

/// What is in the parentheses of an attribute.
struct Words {
    text: Option<LitStr>,
    /// Whether something invalid, which is reported already, leaves open what the parameter is.
    is_invalid: bool,
    list: Vec<(String, Arg)>,
}

impl Words {
    fn has(&self, word: &str) -> bool {
        self.list.iter().any(|(found, _)| found == word)
    }

    /// Returns the one word of `choices` that is there, and reports others.
    fn one_of<'a>(&self, choices: &[&'a str], diagnostics: &Diagnostics) -> Option<&'a str> {
        let found: Vec<_> = self.list.iter().filter(|(word, _)| choices.contains(&&**word)).collect();
        // A word that is there twice is reported as such.
        for (word, arg) in found.iter().skip(1).filter(|(word, _)| *word != found[0].0) {
            exclusive(found[0].0.as_str(), word, arg, diagnostics);
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
                    let message =
                        format!("expected a path to a function, found `{}`\nhelp: write `{example}`", text.value());
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
                    let message =
                        format!("`#[{first}]` and `#[{word}]` exclude each other\nhelp: remove one of the two");
                    diagnostics.report(word, message);
                }
                (None, found_before) => {
                    let meant = report_unknown(attribute, diagnostics);
                    kind = ParamKind::Invalid;
                    if let (Some(word), None) = (meant, found_before) {
                        found = Some((word.to_string(), Self::parse_meant(attribute, &word)));
                    }
                }
            }
        }
        found.map_or(Self { name: None, kind }, |(_, found)| found)
    }

    /// Parses an attribute of another name as the one that it was meant to be. Its own errors follow from the name.
    fn parse_meant(attribute: &Attribute, word: &Ident) -> Self {
        let ignored = Diagnostics::new();
        let parsed = Self::parse(attribute, word, &ignored);
        ignored.finish();
        parsed
    }

    fn parse(attribute: &Attribute, word: &Ident, diagnostics: &Diagnostics) -> Self {
        let name = word.to_string();
        let known: &[&str] = match &*name {
            "path" => &["encoded", "display", "with"],
            "query" => &QUERY_WORDS,
            "header" => &["csv", "sensitive", "display", "with"],
            "cookie" => &["display", "with"],
            "field" => &["csv", "ssv", "tsv", "pipes", "display", "with"],
            "form" => &["brackets", "dots"],
            "part" => &["json", "file_name", "media"],
            _ => &[],
        };
        let Some(mut words) = Words::parse(attribute, word, known, diagnostics) else {
            return Self { name: None, kind: ParamKind::Invalid };
        };
        let kind = match &*name {
            "path" => ParamKind::Path { encoded: words.has("encoded"), encoder: words.encoder(diagnostics) },
            "query" => query(&words, diagnostics),
            "header" => header(word, &words, diagnostics),
            "cookie" => {
                words.text =
                    words.text.take().filter(|name| checked(name, diagnostics, headers::cookie_name).is_some());
                ParamKind::Cookie { encoder: words.encoder(diagnostics) }
            }
            "field" => {
                let joined = words.one_of(&Separator::WORDS, diagnostics).and_then(Separator::named);
                ParamKind::Field { joined, encoder: words.encoder(diagnostics) }
            }
            "part" => part(&words, diagnostics),
            "json" => ParamKind::Json { media_type: media_type(words.text.take(), diagnostics) },
            "form" => ParamKind::Form { nesting: nesting(&words, diagnostics) },
            "body" => body(word, &mut words, diagnostics),
            "headers" => ParamKind::Headers,
            "multipart" => ParamKind::Multipart,
            "options" => ParamKind::Options,
            _ => ParamKind::Url,
        };
        // Which placeholder or name is meant cannot be known, so nothing more can be said about the parameter.
        let kind = if words.is_invalid { ParamKind::Invalid } else { kind };
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
        exclusive(style, other, arg, diagnostics);
        return ParamKind::Invalid;
    }
    if let (Some(style), Some((_, arg))) = (style, words.list.iter().find(|(word, _)| word == "encoded"))
        && style != "flatten"
    {
        exclusive(style, "encoded", arg, diagnostics);
        return ParamKind::Invalid;
    }
    let style = match (style, words.has("encoded")) {
        (None, false) => QueryStyle::Repeated,
        (None, true) => QueryStyle::Encoded,
        (Some("flatten"), false) => QueryStyle::Flattened,
        (Some("flatten"), true) => QueryStyle::FlattenedEncoded,
        (Some("flag"), _) => QueryStyle::Flag,
        (Some(word), _) => Separator::named(word).map_or(QueryStyle::DeepObject, QueryStyle::Joined),
    };
    ParamKind::Query { style, encoder: words.encoder(diagnostics) }
}

fn header(word: &Ident, words: &Words, diagnostics: &Diagnostics) -> ParamKind {
    let (joined, sensitive) = (words.has("csv"), words.has("sensitive"));
    let encoder = words.encoder(diagnostics);
    let Some(name) = &words.text else {
        if !words.is_invalid {
            let message = "missing name of the header\nhelp: write `#[header(\"X-Request-Id\")]`";
            diagnostics.report(word, message);
        }
        return ParamKind::Invalid;
    };
    match checked(name, diagnostics, headers::header_name) {
        Some(_) => ParamKind::Header { joined, sensitive, encoder },
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

fn body(word: &Ident, words: &mut Words, diagnostics: &Diagnostics) -> ParamKind {
    if words.text.is_none() && !words.is_invalid {
        let message =
            "missing media type of the body\nhelp: write `#[body(\"application/x-yaml\")]`, or `#[json]` for JSON";
        diagnostics.report(word, message);
    }
    media_type(words.text.take(), diagnostics).map_or(ParamKind::Invalid, |media_type| ParamKind::Body { media_type })
}

fn media_type(text: Option<LitStr>, diagnostics: &Diagnostics) -> Option<LitStr> {
    text.filter(|text| checked(text, diagnostics, media_types::media_type).is_some())
}

impl Words {
    fn parse(attribute: &Attribute, word: &Ident, known: &[&str], diagnostics: &Diagnostics) -> Option<Self> {
        let mut tokens = match &attribute.meta {
            Meta::Path(_) => return Some(Self { text: None, is_invalid: false, list: Vec::new() }),
            Meta::List(list) => list.tokens.clone(),
            Meta::NameValue(pair) => {
                let text = text_of(pair.value.to_token_stream());
                let text = if text.starts_with('"') { text } else { "\"name\"".to_owned() };
                let message = format!("expected `(` after `{word}`, found `=`\nhelp: write `#[{word}({text})]`");
                diagnostics.report(&pair.value, message);
                return None;
            }
        };
        let mut words = Self { text: None, is_invalid: false, list: Vec::new() };
        let has_string = !matches!(&*word.to_string(), "form" | "headers" | "multipart" | "options" | "url");
        let is_argument = |tree: TokenTree| foreign_words::is_argument(&tree.to_string());
        if has_string && !tokens.clone().into_iter().next().is_some_and(is_argument) {
            match leading_string::take(&mut tokens, known, |found| correct(word, found, known), diagnostics) {
                Leading::Text(text) => words.text = Some(text),
                Leading::Invalid(_) => words.is_invalid = true,
                Leading::None => {}
            }
        }
        words.parse_rest(word, arguments::split(tokens, diagnostics), known, has_string, diagnostics);
        Some(words)
    }

    fn parse_rest(
        &mut self,
        word: &Ident,
        args: Vec<Arg>,
        known: &[&str],
        has_string: bool,
        diagnostics: &Diagnostics,
    ) {
        let of = format!("#[{word}]");
        let (mut seen, mut has_list_style) = (Vec::new(), false);
        for arg in args {
            if let Arg::Text(text) = &arg {
                let message = match (has_string, &self.text) {
                    (false, _) => format!("unexpected string in `{of}`, which has no name\nhelp: remove it"),
                    (true, Some(_)) => format!("unexpected second string in `{of}`\nhelp: remove it"),
                    (true, None) => {
                        self.is_invalid = true;
                        format!("the string must be the first argument of `{of}`\nhelp: move it to the front")
                    }
                };
                diagnostics.report(text, message);
                continue;
            }
            if let Some(text) = self.named_text(&arg, word) {
                let (name, value) = (text.0, text.1.value());
                let message = format!("unknown argument `{name}` of `{of}`\nhelp: write `#[{word}(\"{value}\")]`");
                diagnostics.report(arg.tokens(), message);
                self.text = Some(text.1);
                continue;
            }
            let name = arg.name().map(|name| name.unraw().to_string()).unwrap_or_default();
            if !known.contains(&&*name) && foreign_words::is_list_style(&name) {
                if has_list_style {
                    continue;
                }
                has_list_style = true;
            }
            self.is_invalid |= !known.contains(&&*name) && foreign_words::is_shape(&name);
            let help = |name: &str| foreign_words::argument(&word.to_string(), name, &arg.value_text());
            let Some(found) = arg.word_with_help(&of, known, &mut seen, help, diagnostics) else {
                // A misspelled argument is reported, and means what it was meant to be.
                let meant = arg.name().and_then(|name| suggest::near(&name.unraw().to_string(), known));
                self.list.extend(meant.map(|meant| (meant.to_owned(), arg)));
                continue;
            };
            if !matches!(&*found, "with" | "file_name" | "media") {
                arg.flag(diagnostics);
            }
            self.list.push((found, arg));
        }
    }

    /// Returns the string of `name = "…"`, which is written without its name.
    fn named_text(&self, arg: &Arg, word: &Ident) -> Option<(String, LitStr)> {
        let Arg::Word { name, value: Value::Is(tokens) } = arg else { return None };
        let name = name.unraw().to_string();
        let names: &[&str] = match &*word.to_string() {
            "path" | "query" | "header" | "cookie" | "field" | "part" => &["alias", "key", "name", "rename", "value"],
            "json" | "body" => &["content_type", "media", "media_type", "mime", "type"],
            _ => &[],
        };
        if self.text.is_some() || !names.contains(&&*name) {
            return None;
        }
        Some((name, syn::parse2(tokens.clone()).ok()?))
    }
}

fn exclusive(first: &str, second: &str, arg: &Arg, diagnostics: &Diagnostics) {
    diagnostics
        .report(arg.tokens(), format!("`{first}` and `{second}` exclude each other\nhelp: remove one of the two"));
}

/// Says what to write for tokens that were found where the string belongs.
fn correct(word: &Ident, found: &str, known: &[&str]) -> String {
    let is_constant = found.contains(['!', '(', '&', '\'', '[']) || found.contains("::");
    match &*word.to_string() {
        "body" | "json" if ["form", "json", "multipart"].contains(&found) => format!("write `#[{found}]`"),
        "body" if found.contains("url") => "write `#[form]`, or `#[field]` for one field".to_owned(),
        "json" if !found.contains('/') => {
            "write `#[json]`, or another media type, as in `#[json(\"application/scim+json\")]`".to_owned()
        }
        "body" if !found.contains('/') => "write the media type, as in `#[body(\"application/x-yaml\")]`".to_owned(),
        "header" if is_constant || !found.chars().any(|c| c.is_ascii_lowercase()) => {
            "write the name, as in `#[header(\"X-Request-Id\")]`".to_owned()
        }
        "query" if syn::parse_str::<Ident>(found).is_ok() => {
            format!("write `#[query(\"{found}\")]` for the name, or one of {}", suggest::list(known))
        }
        _ if is_constant => format!("write the name, as in `#[{word}(\"name\")]`"),
        _ => format!("write `#[{word}(\"{}\")]`", found.trim_matches('"')),
    }
}

/// Reports an attribute that is not one of ours. Returns the one that was meant, if that is known.
fn report_unknown(attribute: &Attribute, diagnostics: &Diagnostics) -> Option<Ident> {
    let path = attribute.path();
    let written = text_of(path.to_token_stream());
    if written == "doc" {
        let message = "unexpected doc comment on a parameter\nhelp: move it to the docs of the method";
        diagnostics.report(path, message);
        return None;
    }
    let last = path.segments.last().map(|last| last.ident.unraw().to_string()).unwrap_or_default();
    let near = suggest::near(&last, &PARAM_ATTRIBUTES);
    let foreign = foreign_words::attribute(&last);
    // `#[Body]` is JSON elsewhere, and has a media type here.
    let (meant, hint, help) = match (near, foreign) {
        (Some("body"), _) if matches!(attribute.meta, Meta::Path(_)) => {
            (Some("json"), String::new(), "write `#[json]`, or `#[body(\"text/csv\")]` with the media type".to_owned())
        }
        (Some(near), _) => (Some(near), format!("; did you mean `#[{near}]`?"), format!("write `#[{near}]`")),
        (None, Some((meant, help))) => (meant, String::new(), help.to_owned()),
        (None, None) => {
            let known = PARAM_ATTRIBUTES.map(|word| format!("#[{word}]"));
            (None, String::new(), format!("write one of {}", suggest::list(&known.each_ref().map(String::as_str))))
        }
    };
    diagnostics.report(path, format!("unknown attribute `#[{written}]` of a parameter{hint}\nhelp: {help}"));
    meant.map(|meant| Ident::new(meant, path.span()))
}
