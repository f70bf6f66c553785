//! Writes traits and their methods.

use std::fmt::Write as _;

use super::{Writer, doc_comment, duplicates, literal};
use crate::generate::arguments::{Argument, ArgumentKind, ArgumentType};
use crate::generate::methods::Method;
use crate::generate::naming::identifier;
use crate::generate::options::ContractDocument;
use crate::generate::plan::Direction;
use crate::generate::results::{Output, OutputBody};
use crate::generate::traits::Trait;
use crate::generate::types::Type;
use crate::parse::rename_all::Case;

/// How many arguments a method can have, `self` included, before Clippy objects.
const MAX_ARGUMENTS: usize = 7;

impl<'d> Writer<'_, 'd> {
    pub(super) fn write_trait(&mut self, created: &Trait<'d>) -> String {
        let text = self.trait_text(created, &[]);
        match &duplicates::repeated(created, &text)[..] {
            [] => text,
            repeated => self.trait_text(created, repeated),
        }
    }

    /// A trait in which methods with these names send the same request as others.
    fn trait_text(&mut self, created: &Trait<'d>, repeated: &[String]) -> String {
        let mut arguments = Vec::new();
        if !created.base.is_empty() {
            arguments.push(format!("base = {}", literal(&created.base)));
        }
        if let Some(case) = created.rename_all {
            arguments.push(format!("rename_all = \"{}\"", case.name()));
        }
        if created.anonymous {
            arguments.push("anonymous".to_owned());
        }
        arguments.extend(self.contract_argument(created.whole_tag));
        let api = self.import("kestra_auth", "api");
        let arguments = if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) };
        let mut text = doc_comment(&created.docs, "///");
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "#[{api}{arguments}]");
        let _ = writeln!(text, "pub trait {} {{", created.name);
        for (name, method) in &created.methods {
            let is_repeated = repeated.contains(name);
            text.push_str(&self.write_method(name, method, created, is_repeated));
        }
        text.push_str("}\n");
        text
    }

    /// The argument that names the document, if the code is compared with one.
    fn contract_argument(&self, tag: Option<&str>) -> Option<String> {
        let contract = &self.options.contract;
        if *contract == ContractDocument::Off {
            return None;
        }
        let path = contract.path().map(literal);
        let Some(tag) = tag.filter(|_| self.options.complete) else {
            return Some(path.map_or_else(|| "openapi".to_owned(), |path| format!("openapi = {path}")));
        };
        let path = path.map(|path| format!("path = {path}, ")).unwrap_or_default();
        Some(format!("openapi({path}tag = {}, complete)", literal(tag)))
    }

    /// A method with its attributes.
    fn write_method(&mut self, name: &str, method: &Method<'d>, created: &Trait<'d>, is_repeated: bool) -> String {
        let mut text = doc_comment(&method.docs, "///");
        text.push_str(&self.verb_attribute(method, created, is_repeated));
        if method.deprecated {
            text.push_str("#[deprecated]\n");
        }
        let mut arguments = vec!["&self".to_owned()];
        for argument in &method.arguments {
            arguments.push(self.write_argument(argument, created.rename_all));
        }
        if arguments.len() > MAX_ARGUMENTS {
            text.push_str("#[expect(clippy::too_many_arguments)]\n");
        }
        let result = self.result_text(method);
        let _ = writeln!(text, "async fn {}({}) -> {result};", identifier(name), arguments.join(", "));
        text
    }

    fn verb_attribute(&self, method: &Method<'d>, created: &Trait<'d>, is_repeated: bool) -> String {
        let path = literal(if method.path.is_empty() { "/" } else { &method.path });
        let mut arguments = vec![path];
        let verb = method.verb.to_ascii_lowercase();
        let is_known = ["get", "post", "put", "patch", "delete", "head", "options"].contains(&&*verb);
        if !is_known {
            arguments.insert(0, method.verb.clone());
        }
        if !method.headers.is_empty() {
            let headers: Vec<String> = method.headers.iter().map(|header| literal(header)).collect();
            arguments.push(format!("headers({})", headers.join(", ")));
        }
        let Output { none, accept, .. } = &method.output;
        if let Some(accept) = accept {
            arguments.push(format!("accept = {}", literal(accept)));
        }
        if !none.is_empty() {
            let statuses: Vec<String> = none.iter().map(u16::to_string).collect();
            arguments.push(format!("none({})", statuses.join(", ")));
        }
        if method.anonymous && !created.anonymous {
            arguments.push("anonymous".to_owned());
        }
        let has_body = method.arguments.iter().any(|argument| argument.kind.is_body());
        if has_body && matches!(&*verb, "get" | "head") {
            arguments.push("allow_body".to_owned());
        }
        if is_repeated {
            arguments.push("allow_duplicate".to_owned());
        }
        if method.never_retry {
            arguments.push("retry = \"never\"".to_owned());
        }
        arguments.extend(self.expected_mismatches(method));
        let word = if is_known { verb } else { "http".to_owned() };
        format!("#[{word}({})]\n", arguments.join(", "))
    }

    /// The mismatches that no method could avoid.
    fn expected_mismatches(&self, method: &Method<'d>) -> Option<String> {
        if self.options.contract == ContractDocument::Off {
            return None;
        }
        let mut expected: Vec<String> = method.deprecated.then(|| "deprecated".to_owned()).into_iter().collect();
        for argument in method.arguments.iter().filter(|argument| argument.is_other_type) {
            if let ArgumentKind::Query { name, .. } | ArgumentKind::Header(name) | ArgumentKind::Cookie(name) =
                argument.kind
            {
                expected.push(format!("type({})", literal(name)));
            }
        }
        (!expected.is_empty()).then(|| format!("expect({})", expected.join(", ")))
    }

    fn write_argument(&mut self, argument: &Argument<'d>, case: Option<Case>) -> String {
        let own = argument.name.trim_start_matches("r#");
        let attribute = match argument.kind {
            ArgumentKind::Path if self.is_argument_time(argument) => {
                "#[path(with = \"time::serde::rfc3339::serialize\")] ".to_owned()
            }
            ArgumentKind::Path => String::new(),
            ArgumentKind::Query { name, word } => {
                let mut words: Vec<String> = word.into_iter().map(str::to_owned).collect();
                words.extend(self.time_function(argument));
                // The name of an object is that of the argument, in any case.
                attribute("query", name, own, case, &words)
            }
            ArgumentKind::FlattenedQuery => "#[query(flatten)] ".to_owned(),
            ArgumentKind::Header(name) => {
                let words: Vec<String> = self.time_function(argument).into_iter().collect();
                attribute("header", name, "", None, &words)
            }
            ArgumentKind::Cookie(name) => {
                let words: Vec<String> = self.time_function(argument).into_iter().collect();
                attribute("cookie", name, own, None, &words)
            }
            ArgumentKind::Json(None) => "#[json] ".to_owned(),
            ArgumentKind::Json(Some(media)) => format!("#[json({})] ", literal(media)),
            ArgumentKind::Form { brackets: false } => "#[form] ".to_owned(),
            ArgumentKind::Form { brackets: true } => "#[form(brackets)] ".to_owned(),
            ArgumentKind::Field(name) => {
                let words: Vec<String> = self.time_function(argument).into_iter().collect();
                attribute("field", name, own, case, &words)
            }
            ArgumentKind::Multipart => "#[multipart] ".to_owned(),
            ArgumentKind::Part { name, json, media } => {
                let mut words = Vec::new();
                if json {
                    words.push("json".to_owned());
                }
                words.extend(media.map(|media| format!("media = {}", literal(media))));
                attribute("part", name, own, case, &words)
            }
            ArgumentKind::Body(media) => format!("#[body({})] ", literal(media)),
        };
        format!("{attribute}{}: {}", argument.name, self.argument_type(argument))
    }

    fn is_argument_time(&self, argument: &Argument<'d>) -> bool {
        matches!(&argument.ty, ArgumentType::Value(ty) if self.is_time(ty))
    }

    fn time_function(&self, argument: &Argument<'d>) -> Option<String> {
        let option = if argument.optional { "option::" } else { "" };
        self.is_argument_time(argument).then(|| format!("with = \"time::serde::rfc3339::{option}serialize\""))
    }

    fn argument_type(&mut self, argument: &Argument<'d>) -> String {
        let ty = match &argument.ty {
            ArgumentType::Text => "&str".to_owned(),
            ArgumentType::Runtime("Vec<kestra_auth::multipart::Part>") => {
                format!("Vec<{}>", self.import("kestra_auth::multipart", "Part"))
            }
            ArgumentType::Runtime(path) => {
                let (path, name) = path.rsplit_once("::").unwrap_or(("kestra_auth", path));
                self.import(path, name).to_owned()
            }
            ArgumentType::Value(ty) if self.is_time(ty) => "time::OffsetDateTime".to_owned(),
            ArgumentType::Value(ty) => self.value_text(ty),
            ArgumentType::Values(ty) => {
                // An empty slice sends nothing.
                return format!("&[{}]", self.value_text(ty));
            }
            ArgumentType::Reference(ty) => match ty.non_null() {
                Type::String | Type::Secret => "&str".to_owned(),
                Type::List(item) => format!("&[{}]", self.type_text(item, Direction::Request)),
                ty @ (Type::Bool | Type::Integer(_) | Type::Number) => self.type_text(ty, Direction::Request),
                ty => format!("&{}", self.type_text(ty, Direction::Request)),
            },
        };
        if argument.optional { format!("Option<{ty}>") } else { ty }
    }

    /// The type of a value that is sent as text.
    fn value_text(&mut self, ty: &Type) -> String {
        match ty {
            Type::String => "&str".to_owned(),
            Type::Secret => format!("&{}", self.import("kestra_auth::secrecy", "SecretString")),
            Type::Formatted(format) => self.format_text(*format).unwrap_or("&str").to_owned(),
            ty => self.type_text(ty, Direction::Request),
        }
    }

    fn result_text(&mut self, method: &Method<'d>) -> String {
        let Output { body, may_be_empty, none, .. } = &method.output;
        // Text and bytes may be empty; only JSON has nothing to read then.
        let is_none = !none.is_empty();
        let mut is_optional = is_none;
        let ty = match body {
            OutputBody::Nothing => "()".to_owned(),
            OutputBody::Head => format!("{}<()>", self.import("kestra_auth", "Response")),
            OutputBody::Json(ty) => {
                let may_be_null = *may_be_empty || matches!(ty, Type::Nullable(_));
                let is_text = match ty.non_null() {
                    Type::String | Type::Secret => true,
                    Type::Formatted(format) => self.format_text(*format).is_none(),
                    _ => false,
                };
                let text = self.type_text(ty.non_null(), Direction::Response);
                if is_text {
                    let text = if may_be_null { format!("Option<{text}>") } else { text };
                    format!("{}<{text}>", self.import("kestra_auth", "Json"))
                } else {
                    is_optional |= may_be_null;
                    text
                }
            }
            OutputBody::Text => self.import("kestra_auth", "Text").to_owned(),
            OutputBody::Bytes => self.import("kestra_auth", "Binary").to_owned(),
            OutputBody::Stream => self.import("kestra_auth", "ByteStream").to_owned(),
            OutputBody::Lines(ty) => {
                format!("{}<{}>", self.import("kestra_auth", "JsonLines"), self.type_text(ty, Direction::Response))
            }
            OutputBody::Events(None) => {
                format!("{}<{}>", self.import("kestra_auth", "EventStream"), self.import("kestra_auth", "Event"))
            }
            OutputBody::Events(Some(ty)) => {
                format!("{}<{}>", self.import("kestra_auth", "EventStream"), self.type_text(ty, Direction::Response))
            }
        };
        let ty = if is_optional { format!("Option<{ty}>") } else { ty };
        let error = match &method.error {
            Some(error) => {
                format!("{}<{}>", self.import("kestra_auth", "ApiError"), self.type_text(error, Direction::Response))
            }
            None => self.import("kestra_auth", "Error").to_owned(),
        };
        format!("Result<{ty}, {error}>")
    }
}

/// An attribute, with the name only where it does not follow from the argument's own.
fn attribute(word: &str, name: &str, own: &str, case: Option<Case>, words: &[String]) -> String {
    let derived = case.map_or_else(|| own.to_owned(), |case| case.apply(own));
    let mut arguments = Vec::new();
    if derived != name {
        arguments.push(literal(name));
    }
    arguments.extend(words.iter().cloned());
    let arguments = if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) };
    format!("#[{word}{arguments}] ")
}
