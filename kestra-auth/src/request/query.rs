//! Query parameters.

use percent_encoding::percent_decode_str;
use serde::Serialize;

use super::Request;
use crate::encode::error::EncodeError;
use crate::encode::nested::{self, NestedStyle};
use crate::encode::param_value::ParamValue;
use crate::encode::percent;
use crate::encode::query::{EncodedPairs, JoinedQueryWriter, QueryWriter};
use crate::encode::separator::Separator;

impl Request<'_> {
    /// Writes the literal query of the template, which is encoded.
    pub fn query_literal(&mut self, text: &'static str) {
        self.end_path();
        self.url.begin_pair().push_str(text);
    }

    /// Writes a parameter with `#[query]`. The name is encoded.
    pub fn query<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.end_path();
        let written = value.write(&mut QueryWriter { url: &mut self.url, name, encoded: false });
        self.check_query(name, written);
    }

    /// Writes a parameter with `#[query(encoded)]`. Name and value are encoded.
    pub fn query_encoded<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.end_path();
        let written = value.write(&mut QueryWriter { url: &mut self.url, name, encoded: true });
        self.check_query(name, written);
    }

    /// Writes a parameter with `#[query(csv)]`, `ssv`, `tsv` or `pipes`. The name is encoded.
    pub fn query_joined<Via, T: ParamValue<Via> + ?Sized>(
        &mut self,
        name: &'static str,
        separator: Separator,
        value: &T,
    ) {
        self.end_path();
        let written = value.write(&mut JoinedQueryWriter { url: &mut self.url, name, separator, started: false });
        self.check_query(name, written);
    }

    /// Writes a parameter with `#[query(flatten)]`.
    pub fn query_flatten<T: Serialize + ?Sized>(&mut self, argument: &'static str, value: &T) {
        self.end_path();
        let written = nested::write(value, "", NestedStyle::Flat, &mut self.url);
        self.check_query(argument, written);
    }

    /// Writes a parameter with `#[query(flatten, encoded)]`. Names and values are encoded.
    pub fn query_flatten_encoded<T: Serialize + ?Sized>(&mut self, argument: &'static str, value: &T) {
        self.end_path();
        let written = nested::write(value, "", NestedStyle::Flat, &mut EncodedPairs(&mut self.url));
        self.check_query(argument, written);
    }

    /// Writes a parameter with `#[query(deep_object)]`. The name is not encoded.
    pub fn query_deep_object<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.end_path();
        let written = nested::write(value, name, NestedStyle::DeepObject, &mut self.url);
        self.check_query(name, written);
    }

    /// Writes a parameter with `#[query(flag)]`. The name is encoded.
    pub fn query_flag(&mut self, name: &'static str, value: &bool) {
        self.end_path();
        if *value {
            self.url.begin_pair().push_str(name);
        }
    }

    /// Writes a parameter whose name is not encoded and not known to the macro.
    pub(super) fn query_named<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &str, value: &T) {
        self.end_path();
        let mut encoded = String::new();
        percent::encode(name, &mut encoded);
        let written = value.write(&mut QueryWriter { url: &mut self.url, name: &encoded, encoded: false });
        self.report_query(name, written);
    }

    fn check_query(&mut self, name: &'static str, written: Result<(), EncodeError>) {
        // Decoded for a message only.
        if written.is_err() {
            self.report_query(&percent_decode_str(name).decode_utf8_lossy(), written);
        }
    }

    fn report_query(&mut self, name: &str, written: Result<(), EncodeError>) {
        if let Err(error) = written {
            self.report(|| format!("query parameter `{name}` {error}"));
        }
    }
}
