//! Checks of parameter types that serialize, but not as what their attribute says: a map as one value, or one value as
//! a form.
//!
//! What is hard here is the same as for [results](super::result): the macro sees only the name of a type. The constants
//! for all types are those of [`ProbeDefaults`], and inherent ones override them for the types in question.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::marker::PhantomData;

use super::rejection::reject;
use super::result::ProbeDefaults;

/// Looks up what is known of the type `T` of a parameter at compile time.
#[derive(Debug)]
pub struct ValueProbe<T: ?Sized>(PhantomData<T>);

impl<T: ?Sized> ProbeDefaults for ValueProbe<T> {
    const REJECTION: Option<&'static str> = None;
}

impl<T> ValueProbe<Option<T>> {
    /// Whether the value can be `None`.
    pub const IS_OPTIONAL: bool = true;
}

/// Types that serialize as one value.
macro_rules! scalars {
    ($($type:ty),*) => {$(
        impl ValueProbe<$type> {
            /// Whether it serializes as one value.
            pub const IS_SCALAR: bool = true;
        }
    )*};
}

scalars!(bool, char, str, String, Box<str>, Cow<'_, str>);
scalars!(u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize, f32, f64);

/// Types that serialize as several values with names.
macro_rules! maps {
    ($([$($parameter:ident),*] $type:ty),*) => {$(
        impl<$($parameter),*> ValueProbe<$type> {
            /// Whether it serializes as several values with names.
            pub const IS_MAP: bool = true;
        }
    )*};
}

maps!([K, V] BTreeMap<K, V>, [K, V, S] HashMap<K, V, S>, [] serde_json::Map<String, serde_json::Value>);

/// Fails the compilation with a message if a check of the type failed.
#[track_caller]
pub const fn reject_if(is_wrong: bool, message: &'static str) {
    reject(if is_wrong { Some(message) } else { None });
}
