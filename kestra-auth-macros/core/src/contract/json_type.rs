//! The types of JSON values, and sets of them.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::value::Value;

/// A type of [JSON Schema](https://json-schema.org/draft/2020-12/json-schema-validation#section-6.1.1), apart from
/// `null`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum JsonType {
    String,
    Integer,
    Number,
    Boolean,
    Array,
    Object,
}

impl JsonType {
    const ALL: [Self; 6] = [Self::String, Self::Integer, Self::Number, Self::Boolean, Self::Array, Self::Object];

    fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.as_str() == word)
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

/// The variant of the runtime's enum of the same name.
impl ToTokens for JsonType {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let variant = match self {
            Self::String => quote!(JsonType::String),
            Self::Integer => quote!(JsonType::Integer),
            Self::Number => quote!(JsonType::Number),
            Self::Boolean => quote!(JsonType::Boolean),
            Self::Array => quote!(JsonType::Array),
            Self::Object => quote!(JsonType::Object),
        };
        tokens.extend(variant);
    }
}

/// A set of types, with `null` among them. Every integer is a number, so that `number` is two of its members.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct TypeSet(u8);

impl TypeSet {
    pub(crate) const ANY: Self = Self(0b0111_1111);
    pub(crate) const NULL: Self = Self(0b0100_0000);
    pub(crate) const OBJECT: Self = Self(0b0010_0000);
    pub(crate) const ARRAY: Self = Self(0b0001_0000);
    const NUMBER: u8 = 0b0000_0110;
    const INTEGER: u8 = 0b0000_0010;
    /// Set if a schema mentions `null`. One that says nothing allows it as well.
    const MENTIONS_NULL: u8 = 0b1000_0000;

    pub(crate) fn of_type(ty: JsonType) -> Self {
        Self(match ty {
            JsonType::String => 0b0000_0001,
            JsonType::Integer => Self::INTEGER,
            JsonType::Number => Self::NUMBER,
            JsonType::Boolean => 0b0000_1000,
            JsonType::Array => Self::ARRAY.0,
            JsonType::Object => Self::OBJECT.0,
        })
    }

    /// The types of a `type` keyword. One that JSON Schema does not have says nothing about the value.
    pub(crate) fn of_word(word: &str) -> Self {
        match word {
            "null" => Self::NULL.mentioned(),
            word => JsonType::parse(word).map_or(Self::ANY, Self::of_type),
        }
    }

    pub(crate) fn of_value(value: &Value) -> Self {
        match value {
            Value::Null => Self::NULL.mentioned(),
            Value::Bool(_) => Self::of_type(JsonType::Boolean),
            Value::Number(number) if number.fract() == 0.0 => Self::of_type(JsonType::Integer),
            Value::Number(_) => Self::of_type(JsonType::Number),
            Value::String(_) => Self::of_type(JsonType::String),
            Value::Array(_) => Self::ARRAY,
            Value::Object(_) => Self::OBJECT,
        }
    }

    /// Whether a value of one set can be one of the other, apart from `null`. A set that allows nothing says nothing.
    pub(crate) fn may_share_a_value(self, other: Self) -> bool {
        let own = |set: Self| set.0 & Self::ANY.0 & !Self::NULL.0;
        own(self) == 0 || own(other) == 0 || own(self) & own(other) != 0
    }

    pub(crate) fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The types that are in both. Either may mention `null`.
    pub(crate) fn intersection(self, other: Self) -> Self {
        Self((self.0 & other.0 & Self::ANY.0) | ((self.0 | other.0) & Self::MENTIONS_NULL))
    }

    pub(crate) fn with_null(self) -> Self {
        self.union(Self::NULL.mentioned())
    }

    pub(crate) fn without_null(self) -> Self {
        Self(self.0 & !Self::NULL.0)
    }

    fn mentioned(self) -> Self {
        Self(self.0 | Self::MENTIONS_NULL)
    }

    pub(crate) fn contains(self, ty: JsonType) -> bool {
        self.0 & Self::of_type(ty).0 == Self::of_type(ty).0
    }

    /// Whether `null` is a valid value because the schema says so, and not only because it says nothing.
    pub(crate) fn allows_null(self) -> bool {
        self.0 & Self::NULL.0 != 0 && (self.0 & Self::MENTIONS_NULL != 0 || self.0 != Self::ANY.0)
    }

    /// The types without `null`; nothing if they are not restricted, or if they contradict each other.
    pub(crate) fn types(self) -> Vec<JsonType> {
        let own = self.0 & Self::ANY.0 & !Self::NULL.0;
        if own == Self::ANY.0 & !Self::NULL.0 {
            return Vec::new();
        }
        let is_number = own & Self::NUMBER == Self::NUMBER;
        let has = |ty: &JsonType| {
            let bits = Self::of_type(*ty).0;
            own & bits == bits && !(*ty == JsonType::Integer && is_number)
        };
        JsonType::ALL.into_iter().filter(has).collect()
    }
}
