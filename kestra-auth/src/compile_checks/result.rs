//! Checks of result types that implement [`FromResponse`](crate::FromResponse), but do not mean what they seem to.
//!
//! What is hard here: the macro sees only the name of a type, which may be an alias. The compiler, on the other hand,
//! prefers an inherent associated constant to one of a trait. [`ProbeDefaults`] therefore has the constants for all
//! types, and inherent ones override them for the types in question.

use std::marker::PhantomData;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use crate::response::Response;

/// Looks up what is known of a result type `R` at compile time.
#[derive(Debug)]
pub struct ResultProbe<R>(PhantomData<R>);

/// Looks up what is known of the result type of a HEAD request, whose response has no body.
#[derive(Debug)]
pub struct HeadProbe<R>(PhantomData<R>);

/// What holds for all types without an inherent constant.
pub trait ProbeDefaults {
    /// Whether the value can be `None`.
    const IS_OPTIONAL: bool = false;
    /// Whether it serializes as one value.
    const IS_SCALAR: bool = false;
    /// Whether it serializes as several values with names.
    const IS_MAP: bool = false;
    /// Whether the body is read.
    const READS_BODY: bool = true;
    /// Why the result type requires `none(…)`.
    const REQUIRES_NONE: Option<&'static str> = None;
    /// Whether the body is read as events, as far as is known.
    const READS_EVENTS: bool = true;
    /// Why the result type is rejected.
    const REJECTION: Option<&'static str>;
}

impl<R> ProbeDefaults for ResultProbe<R> {
    const REJECTION: Option<&'static str> = None;
}

impl<R> ProbeDefaults for HeadProbe<R> {
    const REJECTION: Option<&'static str> = Some(
        "a response to HEAD has no body\n\
         help: return `Result<(), E>`, or `Result<Response<()>, E>` for the headers",
    );
}

/// Rejects a result type, and the optional and `Response` forms of it.
macro_rules! reject {
    ($($type:ty: $message:literal;)*) => {$(
        reject!(@ $message: $type, Option<$type>, Response<$type>, Response<Option<$type>>);
    )*};
    (@ $message:literal: $($type:ty),*) => {$(
        impl<E> ResultProbe<Result<$type, E>> {
            /// Why the result type is rejected.
            pub const REJECTION: Option<&'static str> = Some($message);
        }
    )*};
}

reject! {
    String: "`String` would be read as a JSON string\n\
             help: write `Text` for the body as text, or `Json<String>` if it is JSON";
    Vec<u8>: "`Vec<u8>` would be read as a JSON array\n\
              help: write `Binary` for the body as bytes, or `Json<Vec<u8>>` if it is JSON";
}

/// [`Bytes`], as a bound: it implements `DeserializeOwned` only if some crate of the build enables its `serde` feature.
#[doc(hidden)]
#[allow(unnameable_types, reason = "a bound for this module alone")]
pub trait IsBytes {}

impl IsBytes for Bytes {}

macro_rules! reject_bytes {
    ($($type:ty),*) => {$(
        impl<T: IsBytes + DeserializeOwned, E> ResultProbe<Result<$type, E>> {
            /// Why the result type is rejected.
            pub const REJECTION: Option<&'static str> =
                Some("`Bytes` would be read as a JSON array\nhelp: write `Binary` for the body as bytes");
        }
    )*};
}

reject_bytes!(T, Option<T>, Response<T>, Response<Option<T>>);

macro_rules! allow_for_head {
    ($($type:ty),*) => {$(
        impl<E> HeadProbe<Result<$type, E>> {
            /// Why the result type is rejected.
            pub const REJECTION: Option<&'static str> = None;
        }
    )*};
}

/// `()`, which does not read the body.
macro_rules! read_no_body {
    ($($type:ty),*) => {$(
        impl<E> ResultProbe<Result<$type, E>> {
            /// Whether the body is read.
            pub const READS_BODY: bool = false;
        }
    )*};
}

read_no_body!((), Option<()>, Response<()>, Response<Option<()>>);

allow_for_head!((), Option<()>, Response<()>, Response<Option<()>>);
