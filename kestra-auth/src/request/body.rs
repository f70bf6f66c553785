//! Request bodies.

use bytes::Bytes;
use http::HeaderValue;
use http::header::CONTENT_TYPE;
use serde::Serialize;

use super::Request;
use crate::body::Body;
use crate::body::into_body::IntoBody;
use crate::encode::error::EncodeError;
use crate::encode::form::JoinedFieldWriter;
use crate::encode::is_none::is_none;
use crate::encode::nested::{self, NestedStyle};
use crate::encode::pairs::NamedValueWriter;
use crate::encode::param_value::ParamValue;
use crate::encode::separator::Separator;
use crate::headers;

const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");

impl Request<'_> {
    /// Sets a body with `#[json]`.
    pub fn json<T: Serialize + ?Sized>(&mut self, value: &T) {
        self.set_json(headers::JSON, value);
    }

    /// Sets a body with `#[json("…")]`.
    pub fn json_as<T: Serialize + ?Sized>(&mut self, media_type: &'static str, value: &T) {
        if let Some(media_type) = self.media_type(media_type) {
            self.set_json(media_type, value);
        }
    }

    /// Sets a body with `#[body("…")]`.
    pub fn body<T: IntoBody>(&mut self, media_type: &'static str, value: T) {
        if let Some(media_type) = self.media_type(media_type) {
            self.set_raw_body(media_type, value);
        }
    }

    /// Sets a body with `#[form]`.
    pub fn form<T: Serialize + ?Sized>(&mut self, argument: &'static str, value: &T) {
        self.form_nested(argument, NestedStyle::Flat, value);
    }

    /// Sets a body with `#[form(brackets)]` or `#[form(dots)]`.
    pub fn form_nested<T: Serialize + ?Sized>(&mut self, argument: &'static str, style: NestedStyle, value: &T) {
        if is_none(value) {
            return;
        }
        let written = nested::write(value, "", style, self.form.get_or_insert_default());
        self.check_form(argument, written);
    }

    /// Adds a parameter with `#[field]` to the form.
    pub fn field<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        let written = value.write(&mut NamedValueWriter { pairs: self.form.get_or_insert_default(), name });
        self.check_form(name, written);
    }

    /// Adds a parameter with `#[field(csv)]`, `ssv`, `tsv` or `pipes` to the form.
    pub fn field_joined<Via, T: ParamValue<Via> + ?Sized>(
        &mut self,
        name: &'static str,
        separator: Separator,
        value: &T,
    ) {
        let form = self.form.get_or_insert_default();
        let written = value.write(&mut JoinedFieldWriter { form, name, separator, started: false });
        self.check_form(name, written);
    }

    pub(super) fn set_raw_body(&mut self, media_type: HeaderValue, value: impl IntoBody) {
        if let Some(body) = value.into_body() {
            self.set_body(media_type, body);
        }
    }

    pub(super) fn end_body(&mut self) {
        if let Some(form) = self.form.take() {
            self.set_body(FORM, form.into_string().into());
        }
        #[cfg(feature = "multipart")]
        if let Some(form) = self.multipart.take() {
            let (content_type, body) = form.encode();
            self.set_body(content_type, body);
        }
    }

    fn set_json<T: Serialize + ?Sized>(&mut self, media_type: HeaderValue, value: &T) {
        // `None` means no body. As JSON, it would be `null`, which is a body.
        if is_none(value) {
            return;
        }
        match serde_json::to_vec(value) {
            Ok(bytes) => self.set_body(media_type, Bytes::from(bytes).into()),
            // The error of `serde_json` may contain a value.
            Err(_) => self.report(|| format!("the body {}", EncodeError::Custom)),
        }
    }

    fn set_body(&mut self, media_type: HeaderValue, body: Body) {
        self.headers.insert(CONTENT_TYPE, media_type);
        self.body = body;
    }

    fn media_type(&mut self, media_type: &'static str) -> Option<HeaderValue> {
        match headers::constant_value(CONTENT_TYPE.as_str(), media_type) {
            Ok(media_type) => Some(media_type),
            Err(message) => {
                self.report(|| message);
                None
            }
        }
    }

    fn check_form(&mut self, name: &'static str, written: Result<(), EncodeError>) {
        if let Err(error) = written {
            self.report(|| format!("form field `{name}` {error}"));
        }
    }
}

#[cfg(feature = "multipart")]
impl Request<'_> {
    /// Sets a body with `#[multipart]`.
    pub fn multipart<T: crate::multipart::IntoForm>(&mut self, form: T) {
        if let Some(form) = form.into_form() {
            self.multipart = Some(form);
        }
    }

    /// Adds a parameter with `#[part]` to the multipart form: one part, none, or several.
    pub fn part<T: crate::multipart::IntoParts>(
        &mut self,
        name: &'static str,
        file_name: Option<&'static str>,
        media_type: Option<&'static str>,
        value: T,
    ) {
        let mut form = self.multipart.take().unwrap_or_default();
        for part in value.into_parts() {
            form = form.part(name, part.with_defaults(file_name, media_type));
        }
        self.multipart = Some(form);
    }

    /// Adds a parameter with `#[part(json)]` to the multipart form.
    pub fn part_json<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        file_name: Option<&'static str>,
        media_type: Option<&'static str>,
        value: &T,
    ) {
        if is_none(value) {
            // The form is sent even if all its parts are `None`.
            self.multipart.get_or_insert_default();
            return;
        }
        match serde_json::to_vec(value) {
            Ok(bytes) => {
                let part = crate::multipart::Part::bytes(bytes);
                self.part(name, file_name, media_type.or(Some("application/json")), part);
            }
            // The error of `serde_json` may contain a value.
            Err(_) => self.report(|| format!("part `{name}` {}", EncodeError::Custom)),
        }
    }
}
