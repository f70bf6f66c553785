//! Bodies of the media type `application/x-www-form-urlencoded`.

use url::form_urlencoded::byte_serialize;

use super::error::EncodeError;
use super::pairs::PairWriter;

/// A form, as [WHATWG](https://url.spec.whatwg.org/#urlencoded-serializing) serializes it. Unlike in a query, a space
/// is `+`.
#[derive(Default)]
pub(crate) struct FormBody(String);

impl FormBody {
    pub(crate) fn into_string(self) -> String {
        self.0
    }
}

impl PairWriter for FormBody {
    fn pair(&mut self, name: &str, value: &str) -> Result<(), EncodeError> {
        if !self.0.is_empty() {
            self.0.push('&');
        }
        self.0.extend(byte_serialize(name.as_bytes()));
        self.0.push('=');
        self.0.extend(byte_serialize(value.as_bytes()));
        Ok(())
    }
}
