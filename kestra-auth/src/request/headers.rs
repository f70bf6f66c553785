//! Header parameters.

use http::{HeaderMap, HeaderName};

use super::Request;
use crate::encode::error::EncodeError;
use crate::encode::header::{HeaderWriter, JoinedHeaderWriter};
use crate::encode::param_value::ParamValue;
use crate::encode::writer::ValueWriter;
use crate::headers;

impl Request<'_> {
    /// Writes a parameter with `#[header]`. The name is in lower case.
    pub fn header<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.write_header(name, false, |writer| value.write(writer));
    }

    /// Writes a parameter with `#[header(sensitive)]`. The name is in lower case.
    pub fn header_sensitive<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.write_header(name, true, |writer| value.write(writer));
    }

    /// Writes a parameter with `#[header(csv)]`. The name is in lower case.
    pub fn header_joined<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, sensitive: bool, value: &T) {
        let mut joined = JoinedHeaderWriter { value: None, sensitive };
        let written = value.write(&mut joined);
        self.write_header(name, joined.sensitive, |writer| {
            written?;
            joined.value.map_or(Ok(()), |value| writer.text(&value))
        });
    }

    /// Writes a parameter with `#[headers]`.
    pub fn headers(&mut self, headers: &HeaderMap) {
        for (name, value) in headers {
            if headers::belongs_to_connection(name) {
                self.report(|| headers::connection_header(name));
                continue;
            }
            // Unlike `insert`, this keeps several values of one name.
            if let Err(message) = headers::append(&mut self.headers, name.clone(), value.clone()) {
                self.report(|| message);
            }
        }
    }

    fn write_header(
        &mut self,
        name: &'static str,
        sensitive: bool,
        write: impl FnOnce(&mut dyn ValueWriter) -> Result<(), EncodeError>,
    ) {
        // The macro checks the name, so this does not panic.
        let header = HeaderName::from_static(name);
        let mut writer = HeaderWriter { headers: &mut self.headers, name: &header, sensitive };
        if let Err(error) = write(&mut writer) {
            self.report(|| format!("header `{name}` {error}"));
        }
    }
}
