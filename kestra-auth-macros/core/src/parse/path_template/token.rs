//! Splits a path template at its braces.

/// A piece of the text, before it is split into segments.
#[derive(Clone, Debug)]
pub(super) enum Token {
    Text(String),
    /// What is between two braces.
    Placeholder(String),
}

impl Token {
    /// Returns the token as it is written in a template.
    pub(super) fn written(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Placeholder(inside) => format!("{{{inside}}}"),
        }
    }
}

pub(super) fn tokenize(text: &str, errors: &mut Vec<String>) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (mut before, from) = rest.split_at(at);
        let inside = if let Some(after) = from.strip_prefix('}') {
            rest = after;
            let name = before.rsplit('/').next().filter(|name| is_name(name));
            errors.push(format!(
                "unmatched `}}` in the path\nhelp: write `{{{}}}`, or `%7D` for a literal brace",
                name.unwrap_or("name")
            ));
            before = name.and_then(|name| before.strip_suffix(name)).unwrap_or(before);
            name
        } else {
            let (inside, after) = read_braces(from, errors);
            rest = after;
            Some(inside)
        };
        tokens.push(Token::Text(before.to_owned()));
        tokens.extend(inside.map(|inside| Token::Placeholder(inside.to_owned())));
    }
    tokens.push(Token::Text(rest.to_owned()));
    tokens.retain(|token| !matches!(token, Token::Text(text) if text.is_empty()));
    tokens
}

/// Splits `{inside}rest`.
fn read_braces<'a>(text: &'a str, errors: &mut Vec<String>) -> (&'a str, &'a str) {
    let inside = &text[1..];
    if let Some((name, after)) = inside.strip_prefix('{').and_then(|inside| inside.split_once("}}"))
        && is_name(name)
    {
        errors.push(format!("invalid placeholder `{{{{{name}}}}}`\nhelp: write `{{{name}}}`"));
        return (name, after);
    }
    if let Some(end) = inside.find(['{', '}'])
        && inside[end..].starts_with('}')
    {
        return (&inside[..end], &inside[end + 1..]);
    }
    let end = inside.find(['{', '/', '?', '#']).unwrap_or(inside.len());
    let (name, after) = inside.split_at(end);
    let correct = Some(name).filter(|name| is_name(name)).unwrap_or("name");
    errors.push(format!("unclosed placeholder `{{{name}`\nhelp: write `{{{correct}}}`, or `%7B` for a literal brace"));
    (correct, after)
}

/// Returns whether `text` can be the name of a placeholder.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && text.ends_with(|c: char| c.is_alphanumeric() || c == '_')
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}
