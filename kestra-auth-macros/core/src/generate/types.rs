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

    /// The type of a value that is of both types, because all schemas of `allOf` apply. If they contradict each other,
    /// the second one is meant to refine the first.
    pub(super) fn narrower(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Nullable(left), Self::Nullable(right)) => left.narrower(right).nullable(),
            (Self::Nullable(left), right) => left.narrower(right),
            (left, Self::Nullable(right)) => left.narrower(right),
            (left, right) if left.is_narrower_than(right) => left.clone(),
            (Self::List(left), Self::List(right)) => Self::list(left.narrower(right)),
            (Self::Map(left), Self::Map(right)) => Self::map(left.narrower(right)),
            (_, right) => right.clone(),
        }
    }

    /// The type of a value that is of one of the types.
    pub(super) fn wider(&self, other: &Self) -> Self {
        match (self.non_null(), other.non_null()) {
            (left, right) if left == right => {
                if matches!(self, Self::Nullable(_)) {
                    self.clone()
                } else {
                    other.clone()
                }
            }
            // What an alternative does not describe is described by another one.
            (Self::Any, _) | (Self::String, Self::Model(_)) => other.clone(),
            (_, Self::Any) => self.clone(),
            _ => Self::Any,
        }
    }

    fn is_narrower_than(&self, other: &Self) -> bool {
        match (self, other) {
            (_, Self::Any)
            | (Self::Integer(_), Self::Number)
            | (Self::Model(_) | Self::Secret | Self::Formatted(_), Self::String) => true,
            (Self::Model(_), Self::Map(value)) => **value == Self::Any,
            _ => false,
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
