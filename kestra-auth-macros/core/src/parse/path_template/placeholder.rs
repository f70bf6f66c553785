//! The placeholders of a segment: `{name}`, `{name?}` and `{**name}`, and what other frameworks write instead.

use crate::parse::path_template::token::{Token, is_name};
use crate::parse::path_template::{Piece, Template};
use crate::suggest;

/// Reads what is between two braces. `None` if it is not known which placeholder is meant.
pub(super) fn read(inside: &str, template: &mut Template, errors: &mut Vec<String>) -> Option<Piece> {
    let rest = |name: &str| Piece::Rest { name: name.to_owned(), own_slash: false };
    match (inside.strip_prefix("**"), inside.strip_suffix('?')) {
        (Some(name), None) if is_name(name) => return Some(rest(name)),
        (None, Some(name)) if is_name(name) => return Some(Piece::Optional(name.to_owned())),
        (None, None) if is_name(inside) => return Some(Piece::Value(inside.to_owned())),
        _ => {}
    }
    if let Some(names) = inside.strip_prefix(['?', '&']) {
        let names: Vec<&str> = names.split(',').map(variable).filter(|name| is_name(name)).collect();
        let arguments: Vec<String> = names.iter().map(|name| format!("`#[query] {name}: T`")).collect();
        errors.push(format!(
            "invalid placeholder `{{{inside}}}`: the query is made of arguments\nhelp: write {}",
            if arguments.is_empty() { "`#[query] name: T`".to_owned() } else { arguments.join(", ") }
        ));
        template.query_variables.extend(names.into_iter().map(str::to_owned));
        return None;
    }
    if let Some((names, correct)) = expression(inside) {
        errors.push(format!("invalid placeholder `{{{inside}}}`\nhelp: write `{correct}`"));
        if let [name] = &*names {
            return Some(Piece::Value((*name).to_owned()));
        }
        template.query_variables.extend(names.into_iter().map(str::to_owned));
        return None;
    }
    let (name, is_rest) = intended(inside);
    let Some(name) = name else {
        template.unnamed += 1;
        errors.push(if inside.trim_matches(['*', '?', ' ']).is_empty() {
            let correct = if inside.contains('*') { "{**rest}" } else { "{id}" };
            format!("missing name in the placeholder `{{{inside}}}`\nhelp: write the name of an argument, as in `{correct}`")
        } else {
            format!(
                "invalid placeholder `{{{inside}}}`\nhelp: write `{{name}}`, `{{name?}}` or `{{**name}}`, where the name \
                 has letters, digits, `_`, `-` and `.`, and starts with a letter or `_`"
            )
        });
        return None;
    };
    let (correct, piece, why) = if is_rest {
        // In RFC 6570, the star of `{ids*}` is for a list.
        let list = if inside.ends_with('*') { format!(", or `{{{name}}}` for a list") } else { String::new() };
        (format!("{{**{name}}}` for the rest of the path{list}"), rest(name), "")
    } else if inside.contains('?') {
        (format!("{{{name}?}}`"), Piece::Optional(name.to_owned()), "")
    } else {
        let why = if inside.contains([':', '=']) { ": its type is that of the argument" } else { "" };
        (format!("{{{name}}}`"), Piece::Value(name.to_owned()), why)
    };
    errors.push(format!("invalid placeholder `{{{inside}}}`{why}\nhelp: write `{correct}"));
    Some(piece)
}

/// Reads an expression of [RFC 6570](https://www.rfc-editor.org/rfc/rfc6570#section-3.2) with an operator or with several
/// names. Returns the names, and what to write instead.
fn expression(inside: &str) -> Option<(Vec<&str>, String)> {
    let operator = inside.chars().next().filter(|first| matches!(first, '.' | '/' | ';'));
    let names: Vec<&str> = inside.trim_start_matches(['.', '/', ';']).split(',').map(variable).collect();
    let is_expression = operator.is_some() || names.len() > 1;
    if !is_expression || inside.starts_with("..") || !names.iter().all(|name| is_name(name)) {
        return None;
    }
    let values = names.iter().map(|name| match operator {
        Some(';') => format!(";{name}={{{name}}}"),
        Some(operator) => format!("{operator}{{{name}}}"),
        None => format!("{{{name}}}"),
    });
    let values: Vec<String> = values.collect();
    Some((names, values.join(if operator.is_some() { "" } else { "," })))
}

/// Returns the name of a variable of RFC 6570 without its modifier, `*` or `:3`.
fn variable(text: &str) -> &str {
    let text = text.trim();
    match text.split_once(':') {
        Some((name, length)) if length.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => text.trim_end_matches('*'),
    }
}

/// Returns the name that is meant, and whether the placeholder is meant for the rest of the path: `{*rest}` in axum,
/// `{path:path}` in `FastAPI`, `{+path}` in RFC 6570.
fn intended(inside: &str) -> (Option<&str>, bool) {
    let inside = inside.trim();
    let (name, kind) = match inside.find([':', '=']) {
        Some(at) => (inside[..at].trim(), inside[at + 1..].trim()),
        None => (inside, ""),
    };
    let bare = name
        .trim_start_matches(['*', '+', '.', '/'])
        .trim_end_matches(['*', '+', '.', '?'])
        .trim_end_matches("[]")
        .trim();
    let is_rest = name.starts_with(['*', '+'])
        || name.starts_with("..")
        || name.ends_with(['*', '+'])
        || name.ends_with("..")
        || matches!(kind, "path" | ".*" | ".+");
    (Some(bare).filter(|bare| is_name(bare)), is_rest)
}

/// Replaces `:id?`, which is an optional placeholder in Express: its question mark does not start the query.
pub(super) fn without_question_marks(text: &str, errors: &mut Vec<String>) -> String {
    if !text.contains(':') {
        return text.to_owned();
    }
    let segments = text.split('/').map(|segment| {
        let name = segment.strip_prefix(':').and_then(|segment| segment.strip_suffix('?'));
        let Some(name) = name.filter(|name| is_name(name)) else { return segment.to_owned() };
        errors.push(format!("invalid placeholder `:{name}?`\nhelp: write `{{{name}?}}`"));
        format!("{{{name}?}}")
    });
    segments.collect::<Vec<_>>().join("/")
}

/// Replaces the placeholders of other frameworks. All of one syntax are one error.
pub(super) fn corrected(segments: &[Vec<Token>], template: &mut Template, errors: &mut Vec<String>) -> Vec<Vec<Token>> {
    let mut replaced = Vec::new();
    let corrected = segments.iter().map(|tokens| corrected_segment(tokens, template, &mut replaced, errors)).collect();
    if let Some(first) = replaced.first() {
        let found: Vec<&str> = replaced.iter().map(|replaced| replaced.text).collect();
        let correct: Vec<String> = replaced.iter().map(|replaced| replaced.correct.clone()).collect();
        errors.push(format!(
            "invalid placeholder{} {}\nhelp: write {}, or `{}` for a literal `{}`",
            if found.len() > 1 { "s" } else { "" },
            suggest::all(&found),
            suggest::all(&correct.iter().map(String::as_str).collect::<Vec<_>>()),
            first.escape,
            first.sign
        ));
    }
    corrected
}

/// A placeholder that was replaced.
struct Replaced<'a> {
    text: &'a str,
    correct: String,
    sign: char,
    escape: &'static str,
}

fn corrected_segment<'a>(
    tokens: &'a [Token],
    template: &mut Template,
    replaced: &mut Vec<Replaced<'a>>,
    errors: &mut Vec<String>,
) -> Vec<Token> {
    let mut corrected = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let Token::Text(text) = token else {
            corrected.push(token.clone());
            continue;
        };
        let next = match tokens.get(index + 1) {
            Some(Token::Placeholder(inside)) => Some(&**inside),
            _ => None,
        };
        if let (Some(before), Some(inside)) = (text.strip_suffix('$'), next) {
            errors.push(format!(
                "invalid placeholder `${{{inside}}}`\nhelp: write `{{{inside}}}`, or `%24` for a literal `$`"
            ));
            corrected.push(Token::Text(before.to_owned()));
        } else if let Some((before, name)) = query_key(text) {
            errors.push(format!(
                "unexpected `&{name}=` in the path, whose query starts with `?`\n\
                 help: take it as an argument, `#[query] {name}: T`, or write `%26` for a literal `&`"
            ));
            template.query_variables.extend(next.map(str::to_owned));
            template.query_variables.push(name.to_owned());
            corrected.push(Token::Text(before.to_owned()));
            break;
        } else if let Some(found) = foreign(text, index == 0, tokens.len() == 1) {
            template.unnamed += usize::from(text == "**");
            let correct = found.tokens.iter().map(Token::written).collect();
            replaced.push(Replaced { text, correct, sign: found.sign, escape: found.escape });
            corrected.extend(found.tokens);
        } else {
            corrected.push(token.clone());
        }
    }
    corrected.retain(|token| !matches!(token, Token::Text(text) if text.is_empty()));
    corrected
}

/// Splits `search&q=` before a `&` that starts a query parameter.
fn query_key(text: &str) -> Option<(&str, &str)> {
    let (before, after) = text.split_once('&')?;
    let (name, _) = after.split_once('=')?;
    is_name(name).then_some((before, name))
}

/// A placeholder in the syntax of another framework, and what replaces it.
struct Foreign {
    tokens: Vec<Token>,
    sign: char,
    escape: &'static str,
}

/// Finds `:id`, `<id>`, `<path..>`, `*rest`, `**` and `[id]`. None of their signs is likely where it is looked for,
/// and all of them can be written percent-encoded.
fn foreign(text: &str, is_first: bool, is_alone: bool) -> Option<Foreign> {
    let placeholder = |inside: String| vec![Token::Placeholder(inside)];
    let named = |prefix: char| {
        let after = text.strip_prefix(prefix)?;
        let end = after.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(after.len());
        let (name, tail) = after.split_at(end);
        is_name(name).then_some((name, tail))
    };
    if let Some((name, tail)) = named(':').filter(|_| is_first) {
        let mut tokens = placeholder(name.to_owned());
        tokens.push(Token::Text(tail.to_owned()));
        return Some(Foreign { tokens, sign: ':', escape: "%3A" });
    }
    if let Some((name, "")) = named('*').filter(|_| is_alone) {
        return Some(Foreign { tokens: placeholder(format!("**{name}")), sign: '*', escape: "%2A" });
    }
    if text == "**" && is_alone {
        return Some(Foreign { tokens: placeholder("**rest".to_owned()), sign: '*', escape: "%2A" });
    }
    if let Some(name) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).filter(|_| is_alone) {
        let (stars, name) = name.strip_prefix("...").map_or(("", name), |name| ("**", name));
        let tokens = placeholder(format!("{stars}{name}"));
        return is_name(name).then_some(Foreign { tokens, sign: '[', escape: "%5B" });
    }
    angle_brackets(text).map(|tokens| Foreign { tokens, sign: '<', escape: "%3C" })
}

/// Reads `<id>` as in Rocket, `<path..>` for the rest of the path, and `<int:id>` as in Flask.
fn angle_brackets(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some((before, from)) = rest.split_once('<') {
        let (inside, after) = from.split_once('>')?;
        let name = inside.rsplit(':').next().unwrap_or(inside);
        let is_rest = name.ends_with("..") || inside.starts_with("path:");
        let name = name.trim_end_matches('.');
        if !is_name(name) {
            return None;
        }
        tokens.push(Token::Text(before.to_owned()));
        tokens.push(Token::Placeholder(format!("{}{name}", if is_rest { "**" } else { "" })));
        rest = after;
    }
    if tokens.is_empty() {
        return None;
    }
    tokens.push(Token::Text(rest.to_owned()));
    Some(tokens)
}
