//! The explicit JSON wrapper.

use std::fmt;
use std::ops::{Deref, DerefMut};

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::Response;
use super::from_response::FromResponse;
use crate::error::Error;
use crate::json::decode;
use crate::json::error::Subject;

/// An explicit JSON wrapper, for types that the macro would otherwise reject, such as `Json<String>`.
///
/// ```
/// use kestra_auth::Json;
///
/// let name = Json("ada".to_owned());
/// assert_eq!(name.len(), 3);
/// assert_eq!(name.into_inner(), "ada");
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Json<T>(pub T);

impl<T> Json<T> {
    /// Returns the value.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> From<T> for Json<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T> AsRef<T> for Json<T> {
    fn as_ref(&self) -> &T {
        &self.0
    }
}

impl<T> Deref for Json<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Json<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

/// Shows nothing of the value, because it may be secret.
impl<T> fmt::Debug for Json<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Json(..)")
    }
}

impl<T: DeserializeOwned> FromResponse for Json<T> {
    const ACCEPT: &'static str = "application/json";
    type Body = Bytes;

    fn from_response(response: Response<Bytes>) -> Result<Self, Error> {
        let result = decode::decode(response.body(), Subject::ResponseBody);
        result.map(Self).map_err(|error| response.into_error(error))
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use http::header::CONTENT_TYPE;

    use super::*;

    fn response(body: &'static str) -> Response<Bytes> {
        Response::new(Bytes::from_static(body.as_bytes()))
    }

    #[test]
    fn reads_strings_and_bytes() {
        assert_eq!(*Json::<String>::from_response(response(r#""a""#)).unwrap(), "a");
        assert_eq!(Json::<Vec<u8>>::from_response(response("[1,2]")).unwrap().into_inner(), [1, 2]);
    }

    #[test]
    fn names_the_media_type_of_what_is_not_json() {
        let html = HeaderValue::from_static("text/html; charset=utf-8");
        let response = response("<html>").with_headers([(CONTENT_TYPE, html)].into_iter().collect());
        let error = Json::<serde_json::Value>::from_response(response).unwrap_err();
        assert_eq!(error.to_string(), "the response body is `text/html`, not JSON");
        assert_eq!((error.kind(), error.body()), (crate::error::kind::ErrorKind::Decode, &Bytes::from("<html>")));
    }
}
