//! The types of single values.

use super::types::{Format, Type};
use crate::contract::document::Node;
use crate::contract::value::Value;

/// The type of strings in a format.
pub(super) fn string_type(schema: Node<'_>) -> Type {
    match schema.value.get_str("format") {
        Some("password") => Type::Secret,
        Some("date-time") => Type::Formatted(Format::DateTime),
        Some("date") => Type::Formatted(Format::Date),
        Some("uuid") => Type::Formatted(Format::Uuid),
        _ => Type::String,
    }
}

/// The type that holds all documented values.
pub(super) fn integer_type(schema: Node<'_>) -> &'static str {
    let number = |key: &str| match schema.value.get(key) {
        Some(Value::Number(number)) => Some(*number),
        _ => None,
    };
    let (minimum, maximum) = (number("minimum"), number("maximum"));
    let is_unsigned = minimum.is_some_and(|minimum| minimum >= 0.0);
    let format = schema.value.get_str("format").unwrap_or_default();
    let is_short = matches!(format, "int32" | "int16" | "int8" | "uint32" | "uint16" | "uint8")
        && maximum.is_none_or(|maximum| maximum <= f64::from(i32::MAX))
        && minimum.is_none_or(|minimum| minimum >= f64::from(i32::MIN));
    match (is_unsigned || format.starts_with('u') && minimum.is_none(), is_short) {
        (true, true) => "u32",
        (true, false) => "u64",
        (false, true) => "i32",
        (false, false) => "i64",
    }
}
