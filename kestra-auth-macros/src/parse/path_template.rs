//! The path template: `/api/v1/flows/{namespace}/{id?}?kind=flow`.
//!
//! What is hard here: a literal reaches the server as written ([RFC 3986, section 3.3](https://www.rfc-editor.org/rfc/rfc3986#section-3.3)),
//! so everything that a URL parser would rewrite on the way (a dot segment in any spelling, a backslash, a
//! control character) has to be refused while compiling, and a mistake must give one message, not a message
//! for each rule that it also breaks.

mod encode;

use encode::{encode_literal, is_pchar, is_query_char};
pub(crate) use encode::{encode_name, encoded_name};

/// A template after all checks.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Template {
    pub(crate) pieces: Vec<Piece>,
    /// The literal query, encoded, without its `?`.
    pub(crate) query: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Piece {
    /// Encoded text, slashes included.
    Literal(String),
    /// `{name}`: a value inside a segment.
    Value(String),
    /// `{name?}`: a whole segment with its slash, gone when the value is `None`.
    Optional(String),
    /// `{**name}`: any number of segments. `own_slash`: it stands alone in its place, and so brings its slash.
    Rest { name: String, own_slash: bool },
}

impl Piece {
    pub(crate) fn placeholder(&self) -> Option<&str> {
        match self {
            Self::Literal(_) => None,
            Self::Value(name) | Self::Optional(name) | Self::Rest { name, .. } => Some(name),
        }
    }
}

impl Template {
    /// Placeholder names in order, each once.
    pub(crate) fn placeholders(&self) -> Vec<&str> {
        let mut names = Vec::new();
        for name in self.pieces.iter().filter_map(Piece::placeholder) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}

/// Where a piece of a path has its value from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Source {
    /// A placeholder of the base: the client.
    Client,
    Call,
}

/// A whole path. The literals where base and template meet become one.
pub(crate) fn join(base: &[Piece], template: &Template) -> Vec<(Source, Piece)> {
    let own = base
        .iter()
        .map(|piece| (Source::Client, piece))
        .chain(template.pieces.iter().map(|piece| (Source::Call, piece)));
    let mut joined: Vec<(Source, Piece)> = Vec::new();
    for (source, piece) in own {
        match (joined.last_mut(), piece) {
            (_, Piece::Literal(text)) if text.is_empty() => {}
            (Some((_, Piece::Literal(before))), Piece::Literal(text)) => before.push_str(text),
            _ => joined.push((source, piece.clone())),
        }
    }
    joined
}

/// Reads a template; each fault is a message of its own.
pub(crate) fn parse(text: &str) -> Result<Template, Vec<String>> {
    starts_well(text).map_err(|fault| vec![fault])?;
    let tokens = tokenize(text).map_err(|fault| vec![fault])?;
    let mut faults = Vec::new();
    let (path, query) = split_query(tokens, &mut faults);
    let mut template = Template { pieces: Vec::new(), query: query.and_then(|query| read_query(&query, &mut faults)) };
    let segments = split_segments(path);
    let last = segments.len() - 1;
    for (index, segment) in segments.iter().enumerate() {
        match read_segment(segment, index == last) {
            Ok(pieces) => template.pieces.extend(pieces),
            Err(fault) => faults.push(fault),
        }
    }
    if template.pieces.iter().filter(|piece| matches!(piece, Piece::Rest { .. })).count() > 1 {
        faults.push(
            "the path has two catch-alls, and nobody could tell where one ends\nhelp: write `{name}` for one of them"
                .into(),
        );
    }
    template.pieces = join(&[], &template).into_iter().map(|(_, piece)| piece).collect();
    if faults.is_empty() { Ok(template) } else { Err(faults) }
}

/// A path prefix without a query: its pieces, without a trailing slash.
pub(crate) fn parse_base(text: &str) -> Result<Vec<Piece>, Vec<String>> {
    let mut template = parse(text)?;
    let mut faults = Vec::new();
    for piece in &template.pieces {
        if let Piece::Optional(name) | Piece::Rest { name, .. } = piece {
            faults.push(format!("a placeholder of a base has one value for all calls\nhelp: write `{{{name}}}`"));
        }
    }
    if template.query.is_some() {
        faults.push("a base has no query\nhelp: move it to the paths of the methods".into());
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    if let Some(Piece::Literal(last)) = template.pieces.last_mut() {
        last.truncate(last.trim_end_matches('/').len());
    }
    Ok(template.pieces)
}

fn starts_well(text: &str) -> Result<(), String> {
    if text.is_empty() {
        return Err("the path is empty\nhelp: write \"/\" for the base itself".into());
    }
    if let Some((scheme, rest)) = text.split_once("://") {
        let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
        if is_scheme {
            let path = rest.find('/').map_or("/", |slash| &rest[slash..]);
            return Err(format!(
                "the path is an absolute URL\nhelp: write \"{path}\" here, and give the server's address to `Client::builder`"
            ));
        }
    }
    if text.starts_with("//") {
        return Err("the path begins with `//`, which would name another host\nhelp: write one `/`".into());
    }
    if !text.starts_with('/') {
        return Err(format!(
            "`{text}` does not start with `/`\nhelp: write \"/{}\"",
            text.trim().trim_start_matches('/')
        ));
    }
    Ok(())
}

#[derive(Debug)]
enum Token {
    Text(String),
    Placeholder(String),
}

fn tokenize(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        if !before.is_empty() {
            tokens.push(Token::Text(before.to_owned()));
        }
        if from.starts_with('}') {
            return Err("a `}` stands without its `{`\nhelp: write `{name}`; a literal brace is written `%7D`".into());
        }
        let inside = &from[1..];
        let end = inside.find(['{', '}']).filter(|end| inside[*end..].starts_with('}'));
        let Some(end) = end else {
            return Err(format!(
                "`{}` opens a placeholder that is not closed\nhelp: write `{{name}}`; a literal brace is written `%7B`",
                from.split('/').next().unwrap_or(from)
            ));
        };
        tokens.push(Token::Placeholder(inside[..end].to_owned()));
        rest = &inside[end + 1..];
    }
    if !rest.is_empty() {
        tokens.push(Token::Text(rest.to_owned()));
    }
    Ok(tokens)
}

/// Cuts at the first `?` of the text, and takes the fragment off the end with a fault.
fn split_query(tokens: Vec<Token>, faults: &mut Vec<String>) -> (Vec<Token>, Option<Vec<Token>>) {
    let mut path = Vec::new();
    let mut query: Option<Vec<Token>> = None;
    for token in tokens {
        let (mut text, fragment) = match token {
            Token::Text(text) => match text.split_once('#') {
                Some((before, after)) => (before.to_owned(), Some(format!("#{after}"))),
                None => (text, None),
            },
            placeholder @ Token::Placeholder(_) => {
                query.as_mut().unwrap_or(&mut path).push(placeholder);
                continue;
            }
        };
        if query.is_none()
            && let Some((before, after)) = text.clone().split_once('?')
        {
            path.push(Token::Text(before.to_owned()));
            after.clone_into(&mut text);
            query = Some(Vec::new());
        }
        query.as_mut().unwrap_or(&mut path).push(Token::Text(text));
        if let Some(fragment) = fragment {
            faults.push(format!(
                "`{fragment}` is a fragment, which never reaches a server\nhelp: remove it, or write `%23` for a literal `#`"
            ));
            break;
        }
    }
    (path, query)
}

fn read_query(tokens: &[Token], faults: &mut Vec<String>) -> Option<String> {
    let mut query = String::new();
    for token in tokens {
        match token {
            Token::Text(text) => match encode_literal(text, is_query_char) {
                Ok(encoded) => query.push_str(&encoded),
                Err(fault) => faults.push(fault),
            },
            Token::Placeholder(name) => {
                let name = name.trim_matches(['*', '?']);
                faults.push(format!(
                    "`{{{name}}}` stands in the query, where only literals may\nhelp: make it a parameter, `#[query] {}: T`",
                    if is_placeholder_name(name) { name } else { "name" }
                ));
                return None;
            }
        }
    }
    if tokens.iter().all(|token| matches!(token, Token::Text(text) if text.is_empty())) {
        faults.push("the path ends in a lone `?`\nhelp: remove it, or write a query behind it".into());
    }
    Some(query)
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
    // What stands before the leading slash: nothing, as `starts_well` has seen.
    segments.remove(0);
    segments
}

/// One segment and the slash before it.
fn read_segment(tokens: &[Token], last: bool) -> Result<Vec<Piece>, String> {
    let mut pieces = vec![Piece::Literal("/".to_owned())];
    if tokens.is_empty() && !last {
        return Err("the path has an empty segment, `//`\nhelp: write one `/`".into());
    }
    for (index, token) in tokens.iter().enumerate() {
        match token {
            Token::Text(text) => {
                if let ([_], Some(dots)) = (tokens, dot_segment(text)) {
                    return Err(format!(
                        "`{text}` is the dot segment `{dots}`, which would name another path\nhelp: write the path it leads to"
                    ));
                }
                pieces.push(Piece::Literal(encode_literal(text, is_pchar)?));
            }
            Token::Placeholder(inside) => {
                let piece = read_placeholder(inside)?;
                let alone = tokens.len() == 1;
                match piece {
                    Piece::Optional(name) if !alone => {
                        return Err(format!(
                            "`{{{name}?}}` drops its whole segment and so stands alone in it\nhelp: write `/{{{name}?}}`"
                        ));
                    }
                    Piece::Rest { name, .. } if index + 1 < tokens.len() => {
                        return Err(format!(
                            "the catch-all `{{**{name}}}` ends its segment\nhelp: write `/` after it, or nothing"
                        ));
                    }
                    Piece::Optional(_) => pieces = vec![piece],
                    Piece::Rest { name, .. } if alone => pieces = vec![Piece::Rest { name, own_slash: true }],
                    _ => pieces.push(piece),
                }
            }
        }
    }
    Ok(pieces)
}

fn read_placeholder(inside: &str) -> Result<Piece, String> {
    if inside.trim().is_empty() {
        return Err("`{}` has no name\nhelp: write the name of a parameter in it, `{id}`".into());
    }
    let (name, optional, rest) = match (inside.strip_prefix("**"), inside.strip_suffix('?')) {
        (Some(name), None) => (name, false, true),
        (None, Some(name)) => (name, true, false),
        _ => (inside, false, false),
    };
    if !is_placeholder_name(name) {
        return Err(format!(
            "`{{{inside}}}` is no placeholder\nhelp: write `{{name}}`, `{{name?}}` or `{{**name}}`, where the name has letters, \
             digits, `_`, `-` and `.`, and begins with a letter or `_`"
        ));
    }
    let name = name.to_owned();
    Ok(match (optional, rest) {
        (true, _) => Piece::Optional(name),
        (_, true) => Piece::Rest { name, own_slash: false },
        _ => Piece::Value(name),
    })
}

fn is_placeholder_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

/// `.` or `..` if that is what a URL parser would take the segment for; `%2e` is a dot to it.
fn dot_segment(segment: &str) -> Option<&'static str> {
    match segment.to_ascii_lowercase().replace("%2e", ".").as_str() {
        "." => Some("."),
        ".." => Some(".."),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
