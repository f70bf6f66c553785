//! What the contract asks the compiler, which alone sees through aliases. Evaluated while compiling, and nowhere
//! else.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::marker::PhantomData;

use bytes::Bytes;
use secrecy::SecretString;

use crate::__private::refuse;

/// Stops the compiler at the caller where a result reads none of the answers' media types.
#[track_caller]
pub const fn check_answer(reads_body: bool, accept: &str, answers: &[&str], refusal: &'static str) {
    let mut index = 0;
    let mut fits = !reads_body || contains(accept, "*/*");
    while index < answers.len() {
        fits |= reads(accept, answers[index]);
        index += 1;
    }
    refuse(if fits { None } else { Some(refusal) });
}

const fn reads(accept: &str, answer: &str) -> bool {
    // A range of the document allows anything of its kind.
    ends_with(answer, "/*")
        || contains(accept, answer)
        || (contains(accept, "json") && (ends_with(answer, "/json") || ends_with(answer, "+json")))
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

/// Stops the compiler at a field that may be absent and has no room for nothing.
#[track_caller]
pub const fn check_optional(is_option: bool, _: &[&str], refusal: &'static str) {
    refuse(if is_option { None } else { Some(refusal) });
}

/// Stops the compiler at a field whose kind the document does not have.
#[track_caller]
pub const fn check_kind(kind: &str, allowed: &[&str], refusal: &'static str) {
    let mut index = 0;
    let mut fits = kind.is_empty();
    while index < allowed.len() {
        fits |= kind.len() == allowed[index].len() && is_at(kind, 0, allowed[index]);
        index += 1;
    }
    refuse(if fits { None } else { Some(refusal) });
}

/// What a field's type can be told to be; an inherent constant is found before the trait's.
#[derive(Debug)]
pub struct FieldProbe<T>(PhantomData<T>);

/// What holds for a type that nothing is known of.
pub trait AnyField {
    /// `string`, `integer`, `number`, `boolean`, `array` or `object`; empty where nobody knows.
    const KIND: &'static str = "";
    /// Whether it is an `Option`.
    const IS_OPTION: bool = false;
}

impl<T> AnyField for FieldProbe<T> {}

impl<T> FieldProbe<Option<T>> {
    /// It is one.
    pub const IS_OPTION: bool = true;
}

/// A type with `#[derive(Contract)]`.
pub trait ContractModel {
    /// The kind of the type in JSON.
    const KIND: &'static str;
}

impl<T: ContractModel> FieldProbe<T> {
    /// The kind of the type in JSON.
    pub const KIND: &'static str = T::KIND;
}

impl<T: ContractModel> FieldProbe<Option<T>> {
    /// The kind of the type in JSON.
    pub const KIND: &'static str = T::KIND;
}

/// `"kind": [generic parameters] Type, …;`
macro_rules! kinds {
    ($($kind:literal: $([$($parameter:ident),*] $type:ty),*;)*) => {$($(
        impl<$($parameter),*> FieldProbe<$type> {
            /// The kind of the type in JSON.
            pub const KIND: &'static str = $kind;
        }

        impl<$($parameter),*> FieldProbe<Option<$type>> {
            /// The kind of the type in JSON.
            pub const KIND: &'static str = $kind;
        }
    )*)*};
}

kinds! {
    "string": [] String, [] &str, [] char, [] Box<str>, [] Cow<'static, str>, [] SecretString;
    "integer": [] u8, [] u16, [] u32, [] u64, [] u128, [] usize, [] i8, [] i16, [] i32, [] i64, [] i128, [] isize;
    "number": [] f32, [] f64;
    "boolean": [] bool;
    "array": [] Bytes, [T] Vec<T>, [T] VecDeque<T>, [T] BTreeSet<T>, [T, S] HashSet<T, S>;
    "object": [K, V] BTreeMap<K, V>, [K, V, S] HashMap<K, V, S>, [] serde_json::Map<String, serde_json::Value>;
}
