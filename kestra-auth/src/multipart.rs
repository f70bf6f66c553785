//! `multipart/form-data` bodies ([RFC 7578](https://www.rfc-editor.org/rfc/rfc7578)).
//!
//! What is hard here: if the length of each part is known, so is the length of the form, and an upload gets a
//! `Content-Length`; and bytes in memory are shared, not copied, by all attempts.

use std::fmt::{self, Write as _};

use bytes::Bytes;
use http::HeaderValue;

use crate::body::Body;
use crate::unique;

/// A form, which is a list of named parts.
///
/// ```
/// use kestra_auth::multipart::{Form, Part};
///
/// let form = Form::new()
///     .part("comment", "first try")
///     .part("flow", Part::bytes("id: hello").file_name("hello.yaml").media_type("application/x-yaml"));
/// ```
#[derive(Default)]
#[must_use]
pub struct Form {
    parts: Vec<(String, Part)>,
}

impl Form {
    /// Builds a form without parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a part.
    pub fn part(mut self, name: impl Into<String>, part: impl IntoPart) -> Self {
        self.parts.push((name.into(), part.into_part()));
        self
    }

    /// Returns the `Content-Type` and the body.
    pub(crate) fn encode(self) -> (HeaderValue, Body) {
        let boundary = unique::token();
        let mut pieces = Vec::new();
        for (name, part) in self.parts {
            pieces.push(Body::from(part.head(&boundary, &name)));
            pieces.push(part.body);
            pieces.push(Body::from("\r\n"));
        }
        pieces.push(Body::from(format!("--{boundary}--\r\n")));
        let content_type =
            HeaderValue::from_maybe_shared(Bytes::from(format!("multipart/form-data; boundary={boundary}")));
        let content_type = content_type.unwrap_or(HeaderValue::from_static("multipart/form-data"));
        (content_type, Body::chain(pieces))
    }
}

/// Shows the number of parts, because names and contents may be secret.
impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Form").field("parts", &self.parts.len()).finish_non_exhaustive()
    }
}

/// A part of a form: a text, bytes or a stream.
#[must_use]
pub struct Part {
    body: Body,
    file_name: Option<String>,
    media_type: Option<String>,
}

impl Part {
    /// Builds a part from a text. It has no media type, which means UTF-8 text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::body(Body::from(text.into()))
    }

    /// Builds a part from bytes.
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self::body(Body::from(bytes.into()))
    }

    /// Builds a part from any body. If its length is known, the length of the form can be known, too.
    pub fn body(body: impl Into<Body>) -> Self {
        Self { body: body.into(), file_name: None, media_type: None }
    }

    /// Makes the part a file with this name. Without a media type, it is `application/octet-stream`.
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type. Characters that are not valid in a header are dropped.
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// Fills in what the attribute of the argument says and the part itself does not.
    pub(crate) fn with_defaults(mut self, file_name: Option<&str>, media_type: Option<&str>) -> Self {
        self.file_name = self.file_name.or_else(|| file_name.map(str::to_owned));
        self.media_type = self.media_type.or_else(|| media_type.map(str::to_owned));
        self
    }

    fn head(&self, boundary: &str, name: &str) -> String {
        // A name could otherwise end the header and begin another one.
        let mut head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", escape(name));
        // Writing to a `String` does not fail.
        if let Some(file_name) = &self.file_name {
            let _ = write!(head, "; filename=\"{}\"", escape(file_name));
        }
        let default = self.file_name.is_some().then_some("application/octet-stream");
        if let Some(media_type) = self.media_type.as_deref().or(default) {
            // Line breaks could begin another header.
            let plain: String = media_type.chars().filter(|c| matches!(c, ' '..='~')).collect();
            let _ = write!(head, "\r\nContent-Type: {plain}");
        }
        head.push_str("\r\n\r\n");
        head
    }
}

/// Escapes what would end the quotes or the line
/// ([WHATWG](https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#escape-a-multipart-form-data-name)).
fn escape(text: &str) -> String {
    text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// Shows the size, because the content may be secret.
impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part").field("body", &self.body).finish_non_exhaustive()
    }
}

/// Converts an argument with `#[part("…")]` into a part.
///
/// It is implemented for `&str`, `String`, `&[u8]`, `Vec<u8>`, [`Bytes`], [`Body`] and [`Part`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a part of a form",
    label = "not text, bytes or a `Part`",
    note = "a part is a `&str`, `String`, `&[u8]`, `Vec<u8>`, `Bytes`, `kestra_auth::Body` or `kestra_auth::multipart::Part`",
    note = "write `#[part(\"name\", json)]` to send a value as JSON"
)]
pub trait IntoPart {
    /// Returns the part.
    fn into_part(self) -> Part;
}

macro_rules! into_part {
    ($($type:ty: $convert:expr;)*) => {$(
        impl IntoPart for $type {
            fn into_part(self) -> Part {
                let convert: fn($type) -> Part = $convert;
                convert(self)
            }
        }
    )*};
}

into_part! {
    Part: |part| part;
    Body: Part::body;
    Bytes: Part::bytes;
    &Bytes: |bytes| Part::bytes(bytes.clone());
    String: Part::text;
    &String: |text| Part::text(text);
    &str: |text| Part::text(text);
    Vec<u8>: Part::bytes;
    &Vec<u8>: |bytes| Part::bytes(bytes.clone());
    &[u8]: |bytes| Part::bytes(bytes.to_vec());
}

/// Converts an argument with `#[part("…")]` into any number of parts: from a part, an `Option` of one, or a sequence
/// of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a part of a form",
    label = "not text, bytes or a `Part`, nor an `Option` or a sequence of them",
    note = "a part is a `&str`, `String`, `&[u8]`, `Vec<u8>`, `Bytes`, `kestra_auth::Body` or `kestra_auth::multipart::Part`",
    note = "write `#[part(\"name\", json)]` to send a value as JSON"
)]
pub trait IntoParts {
    /// Returns the parts, which have the same name.
    fn into_parts(self) -> Vec<Part>;
}

impl<T: IntoPart> IntoParts for T {
    fn into_parts(self) -> Vec<Part> {
        vec![self.into_part()]
    }
}

impl<T: IntoParts> IntoParts for Option<T> {
    fn into_parts(self) -> Vec<Part> {
        self.map(T::into_parts).unwrap_or_default()
    }
}

impl<T: IntoPart> IntoParts for Vec<T> {
    fn into_parts(self) -> Vec<Part> {
        self.into_iter().map(T::into_part).collect()
    }
}

impl<T: IntoPart + Clone> IntoParts for &[T] {
    fn into_parts(self) -> Vec<Part> {
        self.iter().cloned().map(T::into_part).collect()
    }
}

impl<T: IntoPart, const N: usize> IntoParts for [T; N] {
    fn into_parts(self) -> Vec<Part> {
        self.into_iter().map(T::into_part).collect()
    }
}

/// Converts an argument with `#[multipart]` into a form: from a form, or an `Option` of one. `None` sends no body.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a multipart form",
    label = "expected `kestra_auth::multipart::Form`",
    note = "write `#[part(\"name\")]` before the argument to send it as one part"
)]
pub trait IntoForm {
    /// Returns the form, if there is one.
    fn into_form(self) -> Option<Form>;
}

impl IntoForm for Form {
    fn into_form(self) -> Option<Form> {
        Some(self)
    }
}

impl IntoForm for Option<Form> {
    fn into_form(self) -> Option<Form> {
        self
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt;

    use super::*;

    #[tokio::test]
    async fn encodes_a_form_of_known_length() {
        let form = Form::new()
            .part("a\"b", "text")
            .part("f", Part::bytes(vec![1, 2]).file_name("x\r\ny"))
            .part("j", Part::text("{}").media_type("application/json\r\nX: 1"));
        let (content_type, body) = form.encode();
        let boundary = content_type.to_str().unwrap().split_once("boundary=").unwrap().1.to_owned();
        let length = http_body::Body::size_hint(&body).exact();
        let again = body.try_clone().unwrap().collect().await.unwrap().to_bytes();
        let bytes = body.collect().await.unwrap().to_bytes();
        assert_eq!(length, Some(bytes.len() as u64));
        assert_eq!(again, bytes);
        let expected = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"a%22b\"\r\n\r\ntext\r\n\
             --{boundary}\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x%0D%0Ay\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n\u{1}\u{2}\r\n\
             --{boundary}\r\nContent-Disposition: form-data; name=\"j\"\r\n\
             Content-Type: application/jsonX: 1\r\n\r\n{{}}\r\n--{boundary}--\r\n"
        );
        assert_eq!(bytes, expected.as_bytes());
    }
}
