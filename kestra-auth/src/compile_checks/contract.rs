//! The part of the contract that the compiler evaluates, because only the compiler sees through type aliases. None
//! of it runs in a program.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::marker::PhantomData;

use bytes::Bytes;
use secrecy::SecretString;

use super::rejection::reject;

/// Fails the compilation at the caller if a result reads none of the response's media types.
#[track_caller]
pub const fn check_response(reads_body: bool, accept: &str, media_types: &[&str], message: &'static str) {
    let mut index = 0;
    let mut is_match = !reads_body || contains(accept, "*/*");
    while index < media_types.len() {
        is_match |= reads(accept, media_types[index]);
        index += 1;
    }
    reject(if is_match { None } else { Some(message) });
}

const fn reads(accept: &str, media_type: &str) -> bool {
    // A range of the document, such as `text/*`, allows every media type of its kind.
    ends_with(media_type, "/*")
        || contains(accept, media_type)
        || (contains(accept, "json") && (ends_with(media_type, "/json") || ends_with(media_type, "+json")))
}

const fn contains(text: &str, part: &str) -> bool {
    let mut start = 0;
    while start + part.len() <= text.len() {
        if is_at(text, start, part) {
            return true;
        }
        start += 1;
    }
    false
}

const fn ends_with(text: &str, end: &str) -> bool {
    text.len() >= end.len() && is_at(text, text.len() - end.len(), end)
}

const fn is_at(text: &str, start: usize, part: &str) -> bool {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    let mut index = 0;
    while index < part.len() {
        if text[start + index] != part[index] {
            return false;
        }
        index += 1;
    }
    true
}

/// Fails the compilation at the caller if the type of a field that a response may omit is not an `Option`.
#[track_caller]
pub const fn check_optional(is_option: bool, message: &'static str) {
    reject(if is_option { None } else { Some(message) });
}

/// Fails the compilation at the caller if the type of a field has a JSON type that the document does not allow.
#[track_caller]
pub const fn check_json_type(found: Option<JsonType>, allowed: &[JsonType], message: &'static str) {
    let Some(found) = found else { return };
    let mut index = 0;
    let mut is_allowed = false;
    while index < allowed.len() {
        // `==` is not const.
        is_allowed |= found as u8 == allowed[index] as u8;
        index += 1;
    }
    reject(if is_allowed { None } else { Some(message) });
}

/// A type of JSON, apart from `null`.
#[derive(Clone, Copy, Debug)]
pub enum JsonType {
    /// A string.
    String,
    /// A number without a fraction.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A list of values.
    Array,
    /// A map of names to values.
    Object,
}

/// Determines what a field's type is: an inherent constant, where there is one, takes precedence over that of
/// [`AnyField`].
#[derive(Debug)]
pub struct FieldProbe<T>(PhantomData<T>);

/// What holds for every type.
pub trait AnyField {
    /// The JSON type, if it is known.
    const JSON_TYPE: Option<JsonType> = None;
    /// Whether the type is an `Option`.
    const IS_OPTION: bool = false;
}

impl<T> AnyField for FieldProbe<T> {}

impl<T> FieldProbe<Option<T>> {
    /// The type is an `Option`.
    pub const IS_OPTION: bool = true;
}

/// A type with `#[derive(Contract)]`.
pub trait ContractModel {
    /// The type of the model in JSON.
    const JSON_TYPE: JsonType;
}

impl<T: ContractModel> FieldProbe<T> {
    /// The type of the model in JSON.
    pub const JSON_TYPE: Option<JsonType> = Some(T::JSON_TYPE);
}

impl<T: ContractModel> FieldProbe<Option<T>> {
    /// The type of the model in JSON.
    pub const JSON_TYPE: Option<JsonType> = Some(T::JSON_TYPE);
}

/// `JsonType: [generic parameters] Type, …;`
macro_rules! json_types {
    ($($json_type:ident: $([$($parameter:ident),*] $type:ty),*;)*) => {$($(
        impl<$($parameter),*> FieldProbe<$type> {
            /// The type in JSON.
            pub const JSON_TYPE: Option<JsonType> = Some(JsonType::$json_type);
        }

        impl<$($parameter),*> FieldProbe<Option<$type>> {
            /// The type in JSON.
            pub const JSON_TYPE: Option<JsonType> = Some(JsonType::$json_type);
        }
    )*)*};
}

json_types! {
    String: [] String, [] &str, [] char, [] Box<str>, [] Cow<'static, str>, [] SecretString;
    Integer: [] u8, [] u16, [] u32, [] u64, [] u128, [] usize, [] i8, [] i16, [] i32, [] i64, [] i128, [] isize;
    Number: [] f32, [] f64;
    Boolean: [] bool;
    Array: [] Bytes, [T] Vec<T>, [T] VecDeque<T>, [T] BTreeSet<T>, [T, S] HashSet<T, S>;
    Object: [K, V] BTreeMap<K, V>, [K, V, S] HashMap<K, V, S>, [] serde_json::Map<String, serde_json::Value>;
}
