//! Parses path templates: `/api/v1/flows/{namespace}/{id?}?kind=flow`.
//!
//! A literal reaches the server as written ([RFC 3986, section 3.3](https://www.rfc-editor.org/rfc/rfc3986#section-3.3)),
//! so everything that a URL parser would rewrite on the way (a dot segment in any spelling, a backslash, a control
//! character) is rejected at compile time.
//!
//! An error does not end the parse. The template is read as it will be once corrected, so that the rules for
//! placeholders and arguments still apply to it, and so that one error does not cause another.

use std::mem;

use syn::LitStr;

use crate::diagnostics::Diagnostics;
use crate::parse::path_template::encode::{SEGMENT, encode_literal};
use crate::parse::path_template::token::{self, Token};
use crate::parse::path_template::{Piece, Template, join, placeholder, query};

/// Parses a template and reports the errors in it. Returns it as it will be once corrected, and whether it is valid.
pub(crate) fn parse(text: &LitStr, diagnostics: &Diagnostics) -> (Template, bool) {
    let (template, errors) = parse_text(&text.value());
    for error in &errors {
        diagnostics.report(text, error);
    }
    (template, errors.is_empty())
}

/// Returns what a template will be once it is corrected, for errors that are reported already.
pub(crate) fn corrected(text: &str) -> Template {
    parse_text(text).0
}

/// Parses a template. Returns it as it will be once corrected, along with the errors in it.
fn parse_text(text: &str) -> (Template, Vec<String>) {
    plain(text).map_or_else(|| parse_any(text), |template| (template, Vec::new()))
}

/// Reads a template of segments that are letters, digits, `-` and `_`, or one `{name}`. Most templates are, and macros run
/// without optimizations, so that looking for everything that can be wrong takes long.
fn plain(text: &str) -> Option<Template> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let (mut pieces, mut literal) = (Vec::new(), String::new());
    for segment in text.strip_prefix('/')?.split('/') {
        literal.push('/');
        if let Some(name) = segment.strip_prefix('{') {
            let name = name.strip_suffix('}').filter(|name| token::is_name(name))?;
            pieces.extend([Piece::Literal(mem::take(&mut literal)), Piece::Value(name.to_owned())]);
        } else if !segment.is_empty() && segment.bytes().all(is_plain) {
            literal.push_str(segment);
        } else {
            return None;
        }
    }
    pieces.extend(Some(literal).filter(|literal| !literal.is_empty()).map(Piece::Literal));
    Some(Template { pieces, ..Template::default() })
}

/// Parses a template of any form.
fn parse_any(text: &str) -> (Template, Vec<String>) {
    let mut errors = Vec::new();
    let text = placeholder::without_question_marks(&start(text, &mut errors), &mut errors);
    let tokens = token::tokenize(&text, &mut errors);
    let (path, query) = query::split(tokens, &mut errors);
    let mut template = Template::default();
    if let Some(query) = query {
        query::read(&query, &path, &mut template, &mut errors);
    }
    let segments = placeholder::corrected(&split_segments(path), &mut template, &mut errors);
    let last = segments.len().saturating_sub(1);
    for (index, segment) in segments.iter().enumerate() {
        let pieces = read_segment(segment, index == last, &mut template, &mut errors);
        template.pieces.extend(pieces);
    }
    template.pieces = join(&[], &template).into_iter().map(|(_, piece)| piece).collect();
    (template, errors)
}

/// Checks how a path starts. Returns it with its leading slash.
fn start(text: &str, errors: &mut Vec<String>) -> String {
    if text.is_empty() {
        errors
            .push("the path is empty\nhelp: write \"/\" for the base URL itself; if the trait has a `base`, move its last segment here".into());
        return "/".to_owned();
    }
    if let Some((scheme, rest)) = text.split_once("://")
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    {
        let path = rest.find('/').map_or("/", |slash| &rest[slash..]);
        errors.push(with_server("expected a path, found an absolute URL", path));
        return path.to_owned();
    }
    if let Some(path) = text.strip_prefix("//") {
        let error = "a path that starts with `//` names another host";
        if let Some((_, path)) = path.split_once('/').filter(|(host, _)| is_host(host)) {
            errors.push(with_server(error, &format!("/{path}")));
            return format!("/{path}");
        }
        errors.push(format!("{error}\nhelp: write \"/{path}\""));
        return format!("/{path}");
    }
    if text.starts_with('/') {
        return text.to_owned();
    }
    if let Some((host, path)) = text.split_once('/').filter(|(host, _)| is_host(host)) {
        errors.push(with_server(&format!("expected a path, found the host `{host}`"), &format!("/{path}")));
        return format!("/{path}");
    }
    // `GET /users`, as on the first line of a request.
    let path = text.split_once(" /").filter(|(method, _)| method.chars().all(|c| c.is_ascii_uppercase()));
    let path = path.map_or(text, |(_, path)| path).trim();
    let path = format!("/{}", path.trim_start_matches("./").trim_start_matches(['/', '\\']));
    errors.push(format!("expected a path that starts with `/`, found `{text}`\nhelp: write \"{path}\""));
    path
}

fn with_server(error: &str, path: &str) -> String {
    format!("{error}\nhelp: write \"{path}\" here, and give the server's address to `Client::builder`")
}

/// `api.example.com` or `localhost:8080`, but not `v1.0`.
fn is_host(text: &str) -> bool {
    let (name, port) = text.split_once(':').map_or((text, None), |(name, port)| (name, Some(port)));
    let is_port = |port: &str| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    let is_label = |label: &str| {
        label.starts_with(|c: char| c.is_ascii_alphanumeric())
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let top = name.rsplit_once('.').map(|(_, top)| top);
    let is_domain = top.is_some_and(|top| top.len() >= 2 && top.chars().all(|c| c.is_ascii_alphabetic()));
    name.split('.').all(is_label) && port.map_or(is_domain, is_port)
}

fn split_segments(tokens: Vec<Token>) -> Vec<Vec<Token>> {
    let mut segments = vec![Vec::new()];
    for token in tokens {
        match token {
            Token::Text(text) => {
                for (index, part) in text.split('/').enumerate() {
                    if index > 0 {
                        segments.push(Vec::new());
                    }
                    if let (false, Some(segment)) = (part.is_empty(), segments.last_mut()) {
                        segment.push(Token::Text(part.to_owned()));
                    }
                }
            }
            placeholder @ Token::Placeholder(_) => {
                if let Some(segment) = segments.last_mut() {
                    segment.push(placeholder);
                }
            }
        }
    }
    // Nothing is before the leading slash, as `start` has made sure.
    segments.remove(0);
    segments
}

/// Reads one segment and the slash before it. Only its first error is reported.
fn read_segment(tokens: &[Token], is_last: bool, template: &mut Template, errors: &mut Vec<String>) -> Vec<Piece> {
    let mut pieces = vec![Piece::Literal("/".to_owned())];
    if tokens.is_empty() && !is_last {
        errors.push("empty segment `//` in the path\nhelp: write one `/`".into());
        return Vec::new();
    }
    let mut found = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let piece = match token {
            Token::Text(text) => {
                if let ([_], Some(dots)) = (tokens, dot_segment(text)) {
                    found.push(format!(
                        "dot segment `{text}` in the path, which URL parsers resolve as `{dots}`\n\
                         help: write the path that it leads to"
                    ));
                }
                let encoded = encode_literal(text, SEGMENT);
                // `%s` in a format string is for a value.
                template.unnamed +=
                    usize::from(encoded.is_err() && tokens.len() == 1 && matches!(&**text, "%d" | "%s" | "%v"));
                encoded.map(Piece::Literal).map_err(|error| found.push(error)).ok()
            }
            Token::Placeholder(inside) => placeholder::read(inside, template, &mut found),
        };
        match piece {
            Some(piece @ (Piece::Optional(_) | Piece::Rest { .. })) => {
                found.extend(misplaced(&piece, index + 1 == tokens.len(), tokens.len() == 1));
                pieces.push(piece);
            }
            piece => pieces.extend(piece),
        }
    }
    errors.extend(found.into_iter().next());
    match &mut *pieces {
        // These two bring the slash before them.
        [_, Piece::Optional(_)] => drop(pieces.remove(0)),
        [_, Piece::Rest { own_slash, .. }] => {
            *own_slash = true;
            pieces.remove(0);
        }
        _ => {}
    }
    pieces
}

fn misplaced(piece: &Piece, is_last: bool, is_alone: bool) -> Option<String> {
    match piece {
        Piece::Optional(name) if !is_alone => Some(format!(
            "`{{{name}?}}` must be alone in its segment, which is left out without a value\nhelp: write `/{{{name}?}}`"
        )),
        Piece::Rest { name, .. } if !is_last => {
            Some(format!("`{{**{name}}}` must be at the end of its segment\nhelp: write `/` after it, or nothing"))
        }
        _ => None,
    }
}

/// Returns `.` or `..` if that is how a URL parser reads the segment. To it, `%2e` is a dot.
fn dot_segment(segment: &str) -> Option<&'static str> {
    if !segment.starts_with(['.', '%']) {
        return None;
    }
    match segment.to_ascii_lowercase().replace("%2e", ".").as_str() {
        "." => Some("."),
        ".." => Some(".."),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
