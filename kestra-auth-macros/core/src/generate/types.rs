//! Rust types, as far as generated code uses them.

/// A type of generated code. Which of a model's two versions is meant, and what is boxed, is decided when it is written.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Type {
    /// Any JSON value.
    Any,
    String,
    Secret,
    /// A string in one of the formats that a crate has types for.
    Formatted(Format),
    Bool,
    /// An integer of this type.
    Integer(&'static str),
    Number,
    List(Box<Self>),
    Map(Box<Self>),
    Nullable(Box<Self>),
    Model(ModelId),
}

/// The index of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct ModelId(pub(super) usize);

/// A [format](https://spec.openapis.org/registry/format/) that some crate has a type for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    DateTime,
    Date,
    Uuid,
}

impl Type {
    pub(super) fn list(item: Self) -> Self {
        Self::List(Box::new(item))
    }

    pub(super) fn map(value: Self) -> Self {
        Self::Map(Box::new(value))
    }

    /// The type of values that may be `null`.
    pub(super) fn nullable(self) -> Self {
        match self {
            Self::Nullable(_) => self,
            other => Self::Nullable(Box::new(other)),
        }
    }

    /// The type without `null`.
    pub(super) fn non_null(&self) -> &Self {
        match self {
            Self::Nullable(inner) => inner,
            other => other,
        }
    }

    /// The models that the type mentions.
    pub(super) fn models(&self) -> Option<ModelId> {
        match self {
            Self::Model(id) => Some(*id),
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.models(),
            Self::Any
            | Self::String
            | Self::Secret
            | Self::Formatted(_)
            | Self::Bool
            | Self::Integer(_)
            | Self::Number => None,
        }
    }

    /// The model that a value of this type contains without an allocation between.
    pub(super) fn contained(&self) -> Option<ModelId> {
        match self {
            Self::Model(id) => Some(*id),
            Self::Nullable(inner) => inner.contained(),
            _ => None,
        }
    }
}
