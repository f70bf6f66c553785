//! Header parameters.

use http::header::Entry;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::error::EncodeError;
use super::writer::ValueWriter;

/// Writes a header, once for each item of a sequence.
pub(crate) struct HeaderWriter<'a> {
    pub(crate) headers: &'a mut HeaderMap,
    pub(crate) name: &'a HeaderName,
    pub(crate) sensitive: bool,
}

impl ValueWriter for HeaderWriter<'_> {
    fn text(&mut self, text: &str) -> Result<(), EncodeError> {
        // `HeaderValue` rejects CR, LF and NUL, with which a value could add further headers.
        let value = HeaderValue::from_str(text).map_err(|_| EncodeError::InvalidHeaderValue)?;
        self.append(value);
        Ok(())
    }

    fn begin_sequence(&mut self) -> Result<(), EncodeError> {
        Ok(())
    }

    fn mark_sensitive(&mut self) {
        self.sensitive = true;
    }

    fn header_value(&mut self, value: &HeaderValue) -> Result<(), EncodeError> {
        self.append(value.clone());
        Ok(())
    }
}

/// Writes a header with the items of a sequence in one value, as OpenAPI's `style: simple` does. The value is complete
/// after the last item.
#[derive(Default)]
pub(crate) struct JoinedHeaderWriter {
    pub(crate) value: Option<String>,
    pub(crate) sensitive: bool,
}

impl ValueWriter for JoinedHeaderWriter {
    fn text(&mut self, text: &str) -> Result<(), EncodeError> {
        // A header has no encoding that all servers would decode.
        if text.contains(',') {
            return Err(EncodeError::HeaderItemWithComma);
        }
        match &mut self.value {
            Some(value) => {
                value.push(',');
                value.push_str(text);
            }
            value => *value = Some(text.to_owned()),
        }
        Ok(())
    }

    fn begin_sequence(&mut self) -> Result<(), EncodeError> {
        Ok(())
    }

    fn mark_sensitive(&mut self) {
        self.sensitive = true;
    }

    fn header_value(&mut self, value: &HeaderValue) -> Result<(), EncodeError> {
        self.sensitive |= value.is_sensitive();
        self.text(value.to_str().map_err(|_| EncodeError::InvalidHeaderValue)?)
    }
}

impl HeaderWriter<'_> {
    fn append(&mut self, mut value: HeaderValue) {
        value.set_sensitive(value.is_sensitive() || self.sensitive);
        match self.headers.entry(self.name) {
            Entry::Vacant(entry) => {
                entry.insert(value);
            }
            Entry::Occupied(mut entry) => entry.append(value),
        }
    }
}
