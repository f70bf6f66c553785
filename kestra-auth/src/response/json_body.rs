//! The body of a response that is read as JSON.

use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::response_body::{ResponseBody, sealed::TakeBody};
use crate::body::Body;
use crate::body::plan::Plan;
use crate::json::{decode, unit};

/// The body of a response that is read as JSON into a `T`.
///
/// This is the [`FromResponse::Body`](crate::FromResponse::Body) of every type that implements serde's
/// `DeserializeOwned`. The type decides whether the body is read at all: it is not for `()`. A [`FromResponse`] type
/// of your own that wraps a JSON type takes its body as [`Bytes`] and converts it:
///
/// [`FromResponse`]: crate::FromResponse
///
/// ```
/// use bytes::Bytes;
/// use kestra_auth::{Error, FromResponse, Response};
///
/// /// The payload of an envelope.
/// struct Payload(serde_json::Value);
///
/// impl FromResponse for Payload {
///     const ACCEPT: &'static str = "application/json";
///     type Body = Bytes;
///
///     fn from_response(response: Response<Bytes>) -> Result<Self, Error> {
///         let mut envelope = serde_json::Value::from_response(response.map(Into::into))?;
///         Ok(Self(envelope["payload"].take()))
///     }
/// }
/// ```
pub struct JsonBody<T> {
    bytes: Bytes,
    value: PhantomData<fn() -> T>,
}

impl<T> JsonBody<T> {
    /// Returns the bytes of the body.
    #[must_use]
    pub fn into_bytes(self) -> Bytes {
        self.bytes
    }
}

impl<T> From<Bytes> for JsonBody<T> {
    fn from(bytes: Bytes) -> Self {
        Self { bytes, value: PhantomData }
    }
}

impl<T> AsRef<[u8]> for JsonBody<T> {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

/// Shows the size, because the body may be secret.
impl<T> fmt::Debug for JsonBody<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "JsonBody({} bytes)", self.bytes.len())
    }
}

impl<T: DeserializeOwned> ResponseBody for JsonBody<T> {}

impl<T: DeserializeOwned> TakeBody for JsonBody<T> {
    fn plan() -> Plan {
        if unit::is_unit::<T>() { Plan::Discard } else { Plan::Buffer }
    }

    fn from_body(body: Body) -> Self {
        body.into_bytes().into()
    }

    fn accept(accept: &'static str) -> &'static str {
        if unit::is_unit::<T>() { "*/*" } else { accept }
    }

    fn is_null(&self) -> bool {
        // A unit is there, whatever the body is.
        !unit::is_unit::<T>() && decode::is_null(&self.bytes)
    }
}
