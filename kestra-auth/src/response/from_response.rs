//! Reading a successful response as the result type of an endpoint.

use serde::de::DeserializeOwned;

use super::Response;
use super::json_body::JsonBody;
use super::response_body::ResponseBody;
use super::response_body::sealed::TakeBody;
use crate::body::Body;
use crate::body::plan::Plan;
use crate::error::Error;
use crate::json::decode;

/// Reads a successful response.
///
/// It is implemented for everything that implements serde's `DeserializeOwned`, which is read as JSON; for `()`, which
/// does not read the body; and for the result types of this crate. A type of your own that does not implement
/// `Deserialize` can implement it, too:
///
/// ```
/// use bytes::Bytes;
/// use kestra_auth::{Error, ErrorKind, FromResponse, Response};
///
/// /// The lines of a text.
/// struct Lines(Vec<String>);
///
/// impl FromResponse for Lines {
///     const ACCEPT: &'static str = "text/plain";
///     type Body = Bytes;
///
///     fn from_response(response: Response<Bytes>) -> Result<Self, Error> {
///         let text = std::str::from_utf8(response.body())
///             .map_err(|_| Error::new(ErrorKind::Decode, "the text is not valid UTF-8"))?;
///         Ok(Self(text.lines().map(str::to_owned).collect()))
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a response",
    label = "neither implements `Deserialize` nor is a result type of kestra-auth",
    note = "to read JSON, write `#[derive(serde::Deserialize)]` on the type, or on the type inside it",
    note = "to read another body, return `Text` or `Binary`, alone or as `Response<Text>`; `()` drops the body"
)]
pub trait FromResponse: Sized {
    /// The value of the `Accept` header, unless the endpoint specifies another.
    const ACCEPT: &'static str;

    /// The form in which the body is taken: [`Bytes`](bytes::Bytes) for the whole body, up to the size limit, or
    /// [`Body`](crate::Body) for the body as it arrives.
    type Body: ResponseBody;

    /// Reads a response with a success status.
    ///
    /// # Errors
    /// If the response is not what the type expects. Such an error has the kind
    /// [`Decode`](crate::ErrorKind::Decode); status and endpoint are added to it.
    fn from_response(response: Response<Self::Body>) -> Result<Self, Error>;
}

impl<T: DeserializeOwned> FromResponse for T {
    const ACCEPT: &'static str = "application/json";
    type Body = JsonBody<T>;

    fn from_response(response: Response<JsonBody<T>>) -> Result<Self, Error> {
        let result = decode::decode_body(response.body().as_ref());
        result.map_err(|error| response.map(JsonBody::into_bytes).into_error(error))
    }
}

impl<T: FromResponse> FromResponse for Response<T> {
    const ACCEPT: &'static str = T::ACCEPT;
    type Body = T::Body;

    fn from_response(response: Response<T::Body>) -> Result<Self, Error> {
        let head = response.head();
        T::from_response(response).map(|body| head.map(|()| body))
    }
}

/// Returns what is done with the body before `T` reads it.
pub(crate) fn plan<T: FromResponse>() -> Plan {
    T::Body::plan()
}

/// Returns the `Accept` header of a request whose response `T` reads.
pub(crate) fn accept<T: FromResponse>() -> &'static str {
    T::Body::accept(T::ACCEPT)
}

/// Reads a response whose body has been treated according to the [`plan`].
pub(crate) fn read<T: FromResponse>(response: Response<Body>) -> Result<T, Error> {
    T::from_response(response.map(T::Body::from_body))
}

/// Reads a response as `None` if its body holds nothing, and like [`read`] otherwise.
pub(crate) fn read_optional<T: FromResponse>(response: Response<Body>) -> Result<Option<T>, Error> {
    let response = response.map(T::Body::from_body);
    if response.body().is_null() {
        return Ok(None);
    }
    T::from_response(response).map(Some)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::response::json::Json;

    type Nothing = ();

    fn response(body: &'static str) -> Response<Body> {
        Response::new(body.into())
    }

    #[test]
    fn discards_the_body_of_a_unit() {
        assert_eq!((plan::<Nothing>(), accept::<Nothing>()), (Plan::Discard, "*/*"));
        assert_eq!((plan::<Response<()>>(), accept::<Response<()>>()), (Plan::Discard, "*/*"));
        assert_eq!((plan::<Value>(), accept::<Value>()), (Plan::Buffer, "application/json"));
        assert_eq!(plan::<Option<()>>(), Plan::Buffer);
    }

    #[test]
    fn reads_null_as_none() {
        assert_eq!(read_optional::<u8>(response("")).unwrap(), None);
        assert_eq!(read_optional::<u8>(response(" null ")).unwrap(), None);
        assert_eq!(read_optional::<u8>(response("1")).unwrap(), Some(1));
        assert_eq!(read_optional::<()>(response("")).unwrap(), Some(()));
        assert_eq!(read_optional::<Json<Option<u8>>>(response("null")).unwrap(), Some(Json(None)));
    }

    #[test]
    fn keeps_the_response_in_an_error() {
        let error = read::<u8>(response("\"secret\"")).unwrap_err();
        assert!(error.is_decode());
        assert_eq!((error.status().unwrap().as_u16(), &error.body()[..]), (200, &b"\"secret\""[..]));
        assert_eq!(error.to_string(), "invalid response body: expected u8, found a string (line 1, column 8)");
    }
}
