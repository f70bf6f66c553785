//! What the spelling of a type reveals, as far as nothing but the standard library is concerned: a macro sees through
//! no alias.

use quote::ToTokens;
use syn::{GenericArgument, PathArguments, PathSegment, Type};

use super::scalar::Scalar;
use crate::spans::text_of;

/// What a type is by its spelling.
#[derive(Debug)]
pub(super) enum SpelledType<'t> {
    /// Nothing to compare: a type that holds any JSON, or does not have a value.
    Opaque,
    /// `()`
    Unit,
    /// A type that only the compiler can tell.
    Unknown(&'t Type),
    Scalar(Scalar, String),
    List(Box<Self>),
    Map(Box<Self>),
    Optional(Box<Self>),
}

impl<'t> SpelledType<'t> {
    pub(super) fn of(ty: &'t Type) -> Self {
        match ty {
            Type::Reference(reference) => Self::of(&reference.elem),
            Type::Paren(paren) => Self::of(&paren.elem),
            Type::Group(group) => Self::of(&group.elem),
            Type::Slice(slice) => Self::List(Box::new(Self::of(&slice.elem))),
            Type::Array(array) => Self::List(Box::new(Self::of(&array.elem))),
            Type::Tuple(tuple) if tuple.elems.is_empty() => Self::Unit,
            Type::Path(path) => match path.path.segments.last() {
                Some(segment) if path.qself.is_none() => Self::of_path(ty, path.path.segments.len(), segment),
                _ => Self::Unknown(ty),
            },
            _ => Self::Opaque,
        }
    }

    fn of_path(ty: &'t Type, segments: usize, segment: &'t PathSegment) -> Self {
        let name = segment.ident.to_string();
        if let (Some(scalar), PathArguments::None) = (Scalar::from_name(&name), &segment.arguments) {
            return Self::Scalar(scalar, name);
        }
        if segments > 1 && matches!(name.as_str(), "Value" | "RawValue") && is_in(ty, "serde_json") {
            return Self::Opaque;
        }
        let mut arguments = type_arguments(segment);
        let nested = |inner: Option<&'t Type>| inner.map(|inner| Box::new(Self::of(inner)));
        let found = match name.as_str() {
            "Option" => nested(arguments.next()).map(Self::Optional),
            "Vec" | "VecDeque" | "LinkedList" | "HashSet" | "BTreeSet" => nested(arguments.next()).map(Self::List),
            "HashMap" | "BTreeMap" => nested(arguments.nth(1)).map(Self::Map),
            "Box" | "Arc" | "Rc" | "Cow" => arguments.next().map(Self::of),
            _ => None,
        };
        found.unwrap_or(Self::Unknown(ty))
    }

    /// Whether it is a list of bytes.
    pub(super) fn is_bytes(&self) -> bool {
        matches!(self, Self::List(inner) if matches!(**inner, Self::Scalar(Scalar::U8, _)))
    }

    /// The type in words.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Opaque => "any value".to_owned(),
            Self::Unit => "`()`".to_owned(),
            Self::Unknown(ty) => format!("`{}`", text_of(ty.to_token_stream())),
            Self::Scalar(_, name) => format!("`{name}`"),
            Self::List(inner) => format!("a list of {}", inner.text()),
            Self::Map(inner) => format!("a map of {}", inner.text()),
            Self::Optional(inner) => inner.text(),
        }
    }
}

/// The types between the angle brackets of a segment.
pub(crate) fn type_arguments(segment: &PathSegment) -> impl Iterator<Item = &Type> {
    let arguments = match &segment.arguments {
        PathArguments::AngleBracketed(arguments) => Some(&arguments.args),
        PathArguments::None | PathArguments::Parenthesized(_) => None,
    };
    arguments.into_iter().flatten().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// Whether a path starts with a crate or module of this name.
fn is_in(ty: &Type, name: &str) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.first().is_some_and(|segment| segment.ident == name))
}
