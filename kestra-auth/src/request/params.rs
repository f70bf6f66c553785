//! Query parameters, headers and cookies.

use http::{HeaderMap, HeaderName};
use serde::Serialize;

use super::RequestBuilder;
use crate::encode::error::Fault;
use crate::encode::nested::{self, Style};
use crate::encode::param_value::ParamValue;
use crate::encode::writer::{CookieSink, EncodedPairs, HeaderSink, JoinedSink, QuerySink, Sink};
use crate::encode::{header, percent};

impl RequestBuilder<'_> {
    /// The template's literal query, encoded.
    pub fn query_literal(&mut self, text: &'static str) {
        self.end_path();
        self.target.begin_pair().push_str(text);
    }

    /// `name=value`; the name is encoded.
    pub fn query<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.end_path();
        let written = value.write(&mut QuerySink { target: &mut self.target, name, encoded: false });
        self.note_query(name, written);
    }

    /// `name=value` of a plain name, which nobody checked.
    pub(super) fn query_named<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &str, value: &T) {
        self.end_path();
        let mut encoded = String::new();
        percent::encode(name, &mut encoded);
        let written = value.write(&mut QuerySink { target: &mut self.target, name: &encoded, encoded: false });
        if let Err(fault) = written {
            self.note(|| format!("query parameter `{name}` {fault}"));
        }
    }

    /// A header of a name that nobody checked.
    pub(super) fn header_named<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &str, value: &T) {
        let header = match header::name(name) {
            Ok(header) => header,
            Err(mistake) => return self.note(|| mistake),
        };
        let mut sink = HeaderSink { headers: &mut self.headers, name: &header, sensitive: false };
        if let Err(fault) = value.write(&mut sink) {
            self.note(|| format!("header `{header}` {fault}"));
        }
    }

    /// `name=value`, both encoded already.
    pub fn query_encoded<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.end_path();
        let written = value.write(&mut QuerySink { target: &mut self.target, name, encoded: true });
        self.note_query(name, written);
    }

    /// `name=a,b`; name and separator are encoded.
    pub fn query_joined<Via, T: ParamValue<Via> + ?Sized>(
        &mut self,
        name: &'static str,
        separator: &'static str,
        value: &T,
    ) {
        self.end_path();
        let mut sink = JoinedSink { target: &mut self.target, name, separator, started: false };
        let written = value.write(&mut sink);
        self.note_query(name, written);
    }

    /// The fields of a struct, the entries of a map, or pairs.
    pub fn query_flatten<T: Serialize + ?Sized>(&mut self, argument: &'static str, value: &T) {
        self.end_path();
        let written = nested::write(value, "", Style::Flat, &mut self.target);
        self.note_query(argument, written);
    }

    /// The same, names and values encoded already.
    pub fn query_flatten_encoded<T: Serialize + ?Sized>(&mut self, argument: &'static str, value: &T) {
        self.end_path();
        let written = nested::write(value, "", Style::Flat, &mut EncodedPairs(&mut self.target));
        self.note_query(argument, written);
    }

    /// `name[a][b]=value`; the name is plain.
    pub fn query_deep_object<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.end_path();
        let written = nested::write(value, name, Style::Deep, &mut self.target);
        self.note_query(name, written);
    }

    /// `name`, or nothing; the name is encoded.
    pub fn query_flag(&mut self, name: &'static str, value: &bool) {
        self.end_path();
        if *value {
            self.target.begin_pair().push_str(name);
        }
    }

    /// A header; the name is in lower case.
    pub fn header<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.write_header(name, false, |sink| value.write(sink));
    }

    /// A header that no log shows and HTTP/2 does not index.
    pub fn header_sensitive<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.write_header(name, true, |sink| value.write(sink));
    }

    /// Any number of headers.
    pub fn headers(&mut self, headers: &HeaderMap) {
        for (name, value) in headers {
            if header::belongs_to_connection(name) {
                self.note(|| format!("header `{name}` belongs to the connection, which the transport keeps"));
            } else {
                self.headers.append(name, value.clone());
            }
        }
    }

    /// A cookie of this request.
    pub fn cookie<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        let written = value.write(&mut CookieSink { cookies: &mut self.cookies, name });
        if let Err(fault) = written {
            self.note(|| format!("cookie `{name}` {fault}"));
        }
    }

    fn write_header(
        &mut self,
        name: &'static str,
        sensitive: bool,
        write: impl FnOnce(&mut dyn Sink) -> Result<(), Fault>,
    ) {
        let header = HeaderName::from_static(name);
        let mut sink = HeaderSink { headers: &mut self.headers, name: &header, sensitive };
        if let Err(fault) = write(&mut sink) {
            self.note(|| format!("header `{name}` {fault}"));
        }
    }
}
