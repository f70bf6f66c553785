//! The literal query of a path template. Variables do not belong there: they are arguments with `#[query]`.

use crate::parse::path_template::Template;
use crate::parse::path_template::encode::{QUERY, encode_literal};
use crate::parse::path_template::token::{Token, is_name};

/// Splits the tokens at the first `?` of the text, and drops the fragment with an error.
pub(super) fn split(tokens: Vec<Token>, errors: &mut Vec<String>) -> (Vec<Token>, Option<Vec<Token>>) {
    let mut path = Vec::new();
    let mut query: Option<Vec<Token>> = None;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let mut text = match token {
            Token::Text(text) => text,
            placeholder @ Token::Placeholder(_) => {
                query.as_mut().unwrap_or(&mut path).push(placeholder);
                continue;
            }
        };
        let fragment = text.find('#').map(|at| text.split_off(at));
        if query.is_none()
            && let Some((before, after)) = text.clone().split_once('?')
        {
            path.push(Token::Text(before.to_owned()));
            after.clone_into(&mut text);
            query = Some(Vec::new());
        }
        query.as_mut().unwrap_or(&mut path).push(Token::Text(text));
        match (fragment.as_deref(), tokens.peek()) {
            (None, _) => {}
            (Some("#"), Some(Token::Placeholder(inside))) => errors.push(format!(
                "invalid placeholder `#{{{inside}}}`\nhelp: write `{{{inside}}}`, or `%23` for a literal `#`"
            )),
            (Some(fragment), _) => {
                errors.push(format!(
                    "unexpected fragment `{fragment}`, which is never sent\nhelp: remove it, or write `%23` for a literal `#`"
                ));
                break;
            }
        }
    }
    (path, query)
}

/// Reads the query. All of its variables together are one error.
pub(super) fn read(tokens: &[Token], path: &[Token], template: &mut Template, errors: &mut Vec<String>) {
    if tokens.iter().all(|token| matches!(token, Token::Text(text) if text.is_empty())) {
        errors.push(match path.iter().rfind(|token| !matches!(token, Token::Text(text) if text.is_empty())) {
            Some(Token::Placeholder(name)) => {
                format!("the query after `?` is empty\nhelp: remove the `?`, or write `/{{{name}?}}` for an optional segment")
            }
            _ => "the query after `?` is empty\nhelp: remove the `?`".to_owned(),
        });
        return;
    }
    let mut variables = Vec::new();
    let mut literals = Vec::new();
    for pair in pairs(tokens) {
        match Variable::find(&pair) {
            Some(variable) => variables.push(variable),
            None => literals.push(pair.iter().map(Token::written).collect::<String>()),
        }
    }
    if let Some(first) = variables.first() {
        let arguments: Vec<String> = variables.iter().map(Variable::argument).collect();
        errors.push(format!(
            "unexpected variable `{}` in the query, which is constant\nhelp: remove it, and write {}",
            first.found,
            arguments.join(", ")
        ));
        template.query_variables.extend(variables.into_iter().map(|variable| variable.name));
    }
    match encode_literal(&literals.join("&"), QUERY) {
        Ok(query) => template.query = Some(query).filter(|query| !query.is_empty()),
        Err(error) => errors.push(error),
    }
}

/// Splits the tokens at each `&`.
fn pairs(tokens: &[Token]) -> Vec<Vec<Token>> {
    let mut pairs = vec![Vec::new()];
    for token in tokens {
        let Token::Text(text) = token else {
            pairs.last_mut().into_iter().for_each(|pair: &mut Vec<Token>| pair.push(token.clone()));
            continue;
        };
        for (index, part) in text.split('&').enumerate() {
            if index > 0 {
                pairs.push(Vec::new());
            }
            if let (false, Some(pair)) = (part.is_empty(), pairs.last_mut()) {
                pair.push(Token::Text(part.to_owned()));
            }
        }
    }
    pairs
}

/// A variable in a query: `{q}`, `:q` or `<q>`.
struct Variable {
    found: String,
    name: String,
    key: Option<String>,
    is_flattened: bool,
}

impl Variable {
    fn find(pair: &[Token]) -> Option<Self> {
        let text: String = pair.iter().map(Token::written).collect();
        let (key, value) = text.split_once('=').map_or((None, &*text), |(key, value)| (Some(key.to_owned()), value));
        let is_placeholder = pair.iter().any(|token| matches!(token, Token::Placeholder(_)));
        let inside = if is_placeholder {
            let start = text.find('{')?;
            text[start + 1..].split('}').next()?
        } else if let Some(inside) = value.strip_prefix('<').and_then(|value| value.strip_suffix('>')) {
            inside
        } else {
            // A literal of this form would be a colon and a word.
            value.strip_prefix(':').filter(|name| key.is_some() && is_name(name))?
        };
        let name = inside.rsplit(':').next().unwrap_or(inside).trim_matches(['*', '?', '.', ' ', '$']);
        let name = if is_name(name) { name } else { "name" };
        let found = if is_placeholder { format!("{{{inside}}}") } else { value.to_owned() };
        let is_flattened = inside.ends_with("..") || inside.contains('*');
        Some(Self { found, name: name.to_owned(), key: key.filter(|key| key != name), is_flattened })
    }

    /// The argument to write instead.
    fn argument(&self) -> String {
        let name = &self.name;
        match &self.key {
            _ if self.is_flattened => format!("`#[query(flatten)] {name}: &T`"),
            Some(key) if !key.contains(['{', '<']) => format!("`#[query(\"{key}\")] {name}: T`"),
            _ => format!("`#[query] {name}: T`"),
        }
    }
}
