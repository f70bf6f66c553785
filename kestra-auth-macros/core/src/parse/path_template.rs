//! Path templates: `/api/v1/flows/{namespace}/{id?}?kind=flow`.

pub(crate) mod encode;
pub(crate) mod parser;
mod placeholder;
mod query;
mod token;

/// A path template. It is fit for expansion only if it was parsed without errors.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Template {
    pub(crate) pieces: Vec<Piece>,
    /// The literal query, encoded, without its `?`.
    pub(crate) query: Option<String>,
    /// How many placeholders have no usable name, which is an error. Any argument may be meant for one.
    pub(crate) unnamed: usize,
    /// The names of variables in the query, which is an error. Arguments of these names are meant for the query.
    pub(crate) query_variables: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Piece {
    /// Encoded text, slashes included.
    Literal(String),
    /// `{name}`: a value inside a segment.
    Value(String),
    /// `{name?}`: a whole segment with its slash, left out if the value is `None`.
    Optional(String),
    /// `{**name}`: any number of segments. With `own_slash`, it is alone in its segment and brings the slash before it.
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
    /// Returns the names of the placeholders in order, each once.
    pub(crate) fn placeholders(&self) -> Vec<&str> {
        let mut names = Vec::new();
        for name in self.pieces.iter().filter_map(Piece::placeholder) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// Returns whether an argument of this name is meant for the template.
    pub(crate) fn mentions(&self, name: &str) -> bool {
        self.placeholders().contains(&name) || self.query_variables.iter().any(|variable| variable == name)
    }

    /// Returns the encoded names of the parameters in the literal query.
    pub(crate) fn query_names(&self) -> impl Iterator<Item = &str> {
        let pairs = self.query.iter().flat_map(|query| query.split('&'));
        pairs.map(|pair| pair.split_once('=').map_or(pair, |(name, _)| name))
    }
}

/// What provides the value of a piece.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Source {
    /// The client, for a placeholder of the base.
    Client,
    /// The arguments of the call.
    Call,
}

/// Joins a base and a template. The literals at the seam become one.
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
