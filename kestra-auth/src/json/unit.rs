//! Recognizing `()`, whose body is never read.
//!
//! serde recognizes it, not the macro: `()` is the only type that asks its deserializer for a unit. This works
//! under aliases and inside generics, where the macro only sees a name.

use std::fmt;

use serde::de::{DeserializeOwned, Deserializer, Visitor};
use serde::forward_to_deserialize_any;

/// Returns whether a type is `()`.
pub(crate) fn is_unit<T: DeserializeOwned>() -> bool {
    T::deserialize(UnitDeserializer { in_option: false }).is_ok()
}

/// Returns the value of `()` or `Option<()>` that stands for any body; `None` for other types.
pub(crate) fn unit_value<T: DeserializeOwned>() -> Option<T> {
    T::deserialize(UnitDeserializer { in_option: true }).ok()
}

/// Deserializes a unit, optionally inside options, and nothing else.
struct UnitDeserializer {
    in_option: bool,
}

#[derive(Debug)]
struct NotAUnit;

impl fmt::Display for NotAUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a unit")
    }
}

impl std::error::Error for NotAUnit {}

impl serde::de::Error for NotAUnit {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl<'de> Deserializer<'de> for UnitDeserializer {
    type Error = NotAUnit;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, NotAUnit> {
        Err(NotAUnit)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotAUnit> {
        visitor.visit_unit()
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotAUnit> {
        if self.in_option { visitor.visit_some(self) } else { Err(NotAUnit) }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    type Nothing = ();

    #[test]
    fn recognizes_units_only() {
        assert!(is_unit::<Nothing>());
        assert!(!is_unit::<Option<()>>() && !is_unit::<Value>() && !is_unit::<String>() && !is_unit::<[u8; 0]>());
        assert_eq!(unit_value::<Nothing>(), Some(()));
        assert_eq!(unit_value::<Option<()>>(), Some(Some(())));
        assert_eq!(unit_value::<Option<u8>>(), None);
        assert_eq!(unit_value::<Value>(), None);
    }
}
