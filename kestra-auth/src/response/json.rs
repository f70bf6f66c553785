//! JSON answers.
//!
//! What is hard here: whether a type is `()` or an `Option` is told by serde, by what the type asks its
//! deserializer for, so that aliases and `Response<()>` work. [`Outermost`] listens to that one question and
//! hands everything else to `serde_json`.

use std::cell::Cell;
use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use serde::de::{DeserializeOwned, Deserializer, Visitor};

use super::FromResponse;
use crate::error::{Error, ErrorKind};
use crate::json::diagnosis;
use crate::media_type;

/// JSON said out loud, for types that would be refused or mistaken otherwise, as `Json<String>`.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> FromResponse for Json<T> {
    const ACCEPT: &'static str = "application/json";
    type Body = Bytes;

    fn from_response(response: http::Response<Bytes>) -> Result<Self, Error> {
        refuse_other_media(&response)?;
        decode(response.body()).map(Self).map_err(|error| with_answer(error, &response))
    }
}

/// Shows nothing of the value, which may be secret.
impl<T> fmt::Debug for Json<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Json(..)")
    }
}

impl<T> Deref for Json<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// A whole body of JSON; an empty one reads as `null`.
pub(crate) fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    let text = json_text(body);
    serde_json::from_slice(text).map_err(|error| diagnosis::explain::<T>(text, &error))
}

fn json_text(body: &[u8]) -> &[u8] {
    if body.trim_ascii().is_empty() { b"null" } else { body }
}

pub(super) fn from_response<T: DeserializeOwned>(response: &http::Response<Bytes>) -> Result<T, Error> {
    let text = json_text(response.body());
    let mut json = serde_json::Deserializer::from_slice(text);
    let was_read = Cell::new(false);
    let outermost = Outermost { json: &mut json, response, was_read: &was_read };
    let value = T::deserialize(outermost);
    if !was_read.get() {
        // Nothing but a unit, a `None` or a refusal comes about without reading.
        return value.or_else(|_| refuse_other_media(response).and_then(|()| decode(text)));
    }
    let error = match value.and_then(|value| json.end().map(|()| value)) {
        Ok(value) => return Ok(value),
        Err(error) => diagnosis::explain::<T>(text, &error),
    };
    Err(with_answer(error, response))
}

fn with_answer(error: Error, response: &http::Response<Bytes>) -> Error {
    error.with_status(response.status()).with_headers(response.headers().clone()).with_body(response.body().clone())
}

/// A `Content-Type` that is there and is not JSON says that the body is something else.
fn refuse_other_media(response: &http::Response<Bytes>) -> Result<(), Error> {
    match media_type::essence(response.headers()) {
        Some(essence) if !media_type::is_json(essence) && !response.body().trim_ascii().is_empty() => {
            let error = Error::new(ErrorKind::Decode, format!("the answer is {}, not JSON", printable(essence)));
            Err(with_answer(error, response))
        }
        _ => Ok(()),
    }
}

/// The server's words are shown only as far as they have the form of a media type.
fn printable(essence: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/+.-".contains(c);
    if essence.len() <= 64 && essence.chars().all(is_plain) {
        format!("`{essence}`")
    } else {
        "of another media type".to_owned()
    }
}

struct Outermost<'a, 'de> {
    json: &'a mut serde_json::Deserializer<serde_json::de::SliceRead<'de>>,
    response: &'a http::Response<Bytes>,
    was_read: &'a Cell<bool>,
}

impl Outermost<'_, '_> {
    fn begin(&self) -> Result<(), serde_json::Error> {
        // The refusal is made again, as an error of ours, where nothing was read.
        refuse_other_media(self.response).map_err(serde::de::Error::custom)?;
        self.was_read.set(true);
        Ok(())
    }
}

/// Methods that ask for nothing special: the media type is checked, then the JSON is read.
macro_rules! forward {
    ($($method:ident($($arg:ident: $type:ty),*);)*) => {$(
        fn $method<V: Visitor<'de>>(self, $($arg: $type,)* visitor: V) -> Result<V::Value, serde_json::Error> {
            self.begin()?;
            self.json.$method($($arg,)* visitor)
        }
    )*};
}

impl<'de> Deserializer<'de> for Outermost<'_, 'de> {
    type Error = serde_json::Error;

    /// `()`: whatever the body is, it is dropped.
    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, serde_json::Error> {
        visitor.visit_unit()
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, serde_json::Error> {
        match self.response.body().trim_ascii() {
            b"" | b"null" => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    forward! {
        deserialize_any();
        deserialize_bool();
        deserialize_i8();
        deserialize_i16();
        deserialize_i32();
        deserialize_i64();
        deserialize_i128();
        deserialize_u8();
        deserialize_u16();
        deserialize_u32();
        deserialize_u64();
        deserialize_u128();
        deserialize_f32();
        deserialize_f64();
        deserialize_char();
        deserialize_str();
        deserialize_string();
        deserialize_bytes();
        deserialize_byte_buf();
        deserialize_unit_struct(name: &'static str);
        deserialize_newtype_struct(name: &'static str);
        deserialize_seq();
        deserialize_tuple(len: usize);
        deserialize_tuple_struct(name: &'static str, len: usize);
        deserialize_map();
        deserialize_struct(name: &'static str, fields: &'static [&'static str]);
        deserialize_enum(name: &'static str, variants: &'static [&'static str]);
        deserialize_identifier();
        deserialize_ignored_any();
    }
}

#[cfg(test)]
mod tests;
