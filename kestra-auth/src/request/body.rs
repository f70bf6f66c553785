//! The body of a request.

use bytes::Bytes;
use http::HeaderValue;
use http::header::CONTENT_TYPE;
use serde::Serialize;

use super::RequestBuilder;
use crate::body::Body;
use crate::body::into_body::IntoBody;
use crate::encode::error::Fault;
use crate::encode::is_none::is_none;
use crate::encode::nested::{self, Style};
use crate::encode::param_value::ParamValue;
use crate::encode::writer::{FieldSink, FormPairs};

const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");

impl RequestBuilder<'_> {
    /// A JSON body.
    pub fn json<T: Serialize + ?Sized>(&mut self, value: &T) {
        self.json_as("application/json", value);
    }

    /// A JSON body of another media type.
    pub fn json_as<T: Serialize + ?Sized>(&mut self, media_type: &'static str, value: &T) {
        if is_none(value) {
            return;
        }
        match serde_json::to_vec(value) {
            Ok(bytes) => self.set_body(HeaderValue::from_static(media_type), Bytes::from(bytes).into()),
            // Its words may hold a value.
            Err(_) => self.note(|| "the body could not be written as JSON: its own `Serialize` refused".to_owned()),
        }
    }

    /// A raw body.
    pub fn body<T: IntoBody>(&mut self, media_type: &'static str, value: T) {
        if let Some(body) = value.into_body() {
            self.set_body(HeaderValue::from_static(media_type), body);
        }
    }

    /// A form: a struct, a map or pairs.
    pub fn form<T: Serialize + ?Sized>(&mut self, argument: &'static str, value: &T) {
        self.form_nested(argument, Style::Flat, value);
    }

    /// A form with structs inside.
    pub fn form_nested<T: Serialize + ?Sized>(&mut self, argument: &'static str, style: Style, value: &T) {
        if is_none(value) {
            return;
        }
        let written = nested::write(value, "", style, self.form.get_or_insert_default());
        self.note_form(argument, written);
    }

    /// One field of a form.
    pub fn field<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        let written = value.write(&mut FieldSink { form: self.form.get_or_insert_default(), name });
        self.note_form(name, written);
    }

    fn note_form(&mut self, name: &'static str, written: Result<(), Fault>) {
        if let Err(fault) = written {
            self.note(|| format!("form field `{name}` {fault}"));
        }
    }

    pub(super) fn end_body(&mut self) {
        if let Some(FormPairs(form)) = self.form.take() {
            self.set_body(FORM, form.into());
        }
        #[cfg(feature = "multipart")]
        if let Some(form) = self.multipart.take() {
            let (content_type, body) = form.encode();
            self.set_body(content_type, body);
        }
    }

    fn set_body(&mut self, media_type: HeaderValue, body: Body) {
        self.headers.insert(CONTENT_TYPE, media_type);
        self.body = body;
    }
}

#[cfg(feature = "multipart")]
impl RequestBuilder<'_> {
    /// A whole multipart form.
    pub fn multipart<T: crate::multipart::IntoForm>(&mut self, form: T) {
        if let Some(form) = form.into_form() {
            self.multipart = Some(form);
        }
    }

    /// One part of a multipart form, or none, or several.
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

    /// One part of JSON.
    pub fn part_json<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        file_name: Option<&'static str>,
        media_type: Option<&'static str>,
        value: &T,
    ) {
        if is_none(value) {
            self.multipart.get_or_insert_default();
            return;
        }
        match serde_json::to_vec(value) {
            Ok(bytes) => {
                let part = crate::multipart::Part::bytes(bytes);
                self.part(name, file_name, media_type.or(Some("application/json")), part);
            }
            Err(_) => self.note(|| format!("part `{name}` could not be written as JSON: its own `Serialize` refused")),
        }
    }
}
