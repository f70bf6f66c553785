//! Bodies of the media type `application/x-www-form-urlencoded`.

use url::form_urlencoded::byte_serialize;

use super::error::EncodeError;
use super::pairs::PairWriter;
use super::separator::Separator;
use super::writer::ValueWriter;

/// A form, as [WHATWG](https://url.spec.whatwg.org/#urlencoded-serializing) serializes it. Unlike in a query, a space
/// is `+`.
#[derive(Default)]
pub(crate) struct FormBody(String);

impl FormBody {
    pub(crate) fn into_string(self) -> String {
        self.0
    }
}

impl FormBody {
    fn begin_pair(&mut self, name: &str) {
        if !self.0.is_empty() {
            self.0.push('&');
        }
        self.0.extend(byte_serialize(name.as_bytes()));
        self.0.push('=');
    }
}

impl PairWriter for FormBody {
    fn pair(&mut self, name: &str, value: &str) -> Result<(), EncodeError> {
        self.begin_pair(name);
        self.0.extend(byte_serialize(value.as_bytes()));
        Ok(())
    }
}

/// Writes `name=a,b`: the items of a sequence in one field.
///
/// Like RFC 6570 and OpenAPI, and unlike WHATWG, it does not encode the comma between items, because one inside an item
/// would look the same.
pub(crate) struct JoinedFieldWriter<'a> {
    pub(crate) form: &'a mut FormBody,
    pub(crate) name: &'static str,
    pub(crate) separator: Separator,
    /// Whether an item has been written.
    pub(crate) started: bool,
}

impl ValueWriter for JoinedFieldWriter<'_> {
    fn text(&mut self, text: &str) -> Result<(), EncodeError> {
        if self.separator.splits(text) {
            return Err(EncodeError::ItemWithSeparator(self.separator));
        }
        if self.started {
            self.form.0.push_str(self.separator.in_form());
        } else {
            self.form.begin_pair(self.name);
        }
        self.started = true;
        self.form.0.extend(byte_serialize(text.as_bytes()));
        Ok(())
    }

    fn begin_sequence(&mut self) -> Result<(), EncodeError> {
        Ok(())
    }
}
