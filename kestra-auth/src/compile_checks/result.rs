//! What a result type is, told by serde and not by its spelling.

use std::future::{pending, ready};
use std::marker::PhantomData;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::response::Response;
use crate::response::call_result::CallResult;

/// Whether a result is refused while compiling: an inherent constant is found before the trait's, through any
/// alias.
#[derive(Debug)]
pub struct ResultProbe<R>(PhantomData<R>);

/// The same for HEAD, whose answers have no body.
#[derive(Debug)]
pub struct HeadProbe<R>(PhantomData<R>);

/// What holds for all results that have no constant of their own.
pub trait Accepted {
    /// Whether the body is looked at.
    const READS_BODY: bool = true;
    /// What a method returns.
    type Result;
    /// Why the result is refused.
    const REFUSAL: Option<&'static str>;

    /// The default body of an endpoint whose result is none, which is told at the client's method alone.
    #[must_use]
    fn unimplemented(_: &'static Endpoint) -> impl Future<Output = Self::Result> + Send {
        pending()
    }
}

impl<R: CallResult> ResultProbe<R> {
    /// The default body of an endpoint: a fake that does not write the method.
    pub async fn unimplemented(endpoint: &'static Endpoint) -> R {
        ready(()).await;
        R::from_result(Err(Error::unimplemented(endpoint)))
    }
}

impl<R> Accepted for ResultProbe<R> {
    type Result = R;
    const REFUSAL: Option<&'static str> = None;
}

impl<R> Accepted for HeadProbe<R> {
    type Result = R;
    const REFUSAL: Option<&'static str> = Some(
        "a response to HEAD has no body\nhelp: return `Result<(), E>`, or `Result<Response<()>, E>` for the headers",
    );
}

macro_rules! refuse {
    ($($type:ty: $message:literal;)*) => {$(
        refuse!(@ $message: $type, Option<$type>, Response<$type>, Response<Option<$type>>);
    )*};
    (@ $message:literal: $($type:ty),*) => {$(
        impl<E> ResultProbe<Result<$type, E>> {
            /// Why the result is refused.
            pub const REFUSAL: Option<&'static str> = Some($message);
        }
    )*};
}

refuse! {
    String: "`String` would be read as a JSON string\nhelp: write `Text` for the body as text, or `Json<String>` if it is JSON";
    Vec<u8>: "`Vec<u8>` would be read as a JSON array\nhelp: write `Binary` for the body as bytes, or `Json<Vec<u8>>` if it is JSON";
}

/// [`Bytes`], which is JSON only where some crate has turned on the feature `serde` of `bytes`.
#[doc(hidden)]
#[allow(unnameable_types, reason = "a bound for this module alone")]
pub trait IsBytes {}

impl IsBytes for Bytes {}

macro_rules! refuse_bytes {
    ($($type:ty),*) => {$(
        impl<T: IsBytes + DeserializeOwned, E> ResultProbe<Result<$type, E>> {
            /// Why the result is refused.
            pub const REFUSAL: Option<&'static str> =
                Some("`Bytes` would be read as a JSON array\nhelp: write `Binary` for the body as bytes");
        }
    )*};
}

refuse_bytes!(T, Option<T>, Response<T>, Response<Option<T>>);

macro_rules! allow_for_head {
    ($($type:ty),*) => {$(
        impl<E> HeadProbe<Result<$type, E>> {
            /// Why the result is refused.
            pub const REFUSAL: Option<&'static str> = None;
        }
    )*};
}

/// `()`, whose body is dropped.
macro_rules! drop_body {
    ($($type:ty),*) => {$(
        impl<E> ResultProbe<Result<$type, E>> {
            /// Whether the body is looked at.
            pub const READS_BODY: bool = false;
        }
    )*};
}

drop_body!((), Option<()>, Response<()>, Response<Option<()>>);

allow_for_head!((), Option<()>, Response<()>, Response<Option<()>>);
