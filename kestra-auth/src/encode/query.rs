//! Query parameters.

use super::error::EncodeError;
use super::pairs::PairWriter;
use super::percent;
use super::separator::Separator;
use super::url::UrlBuilder;
use super::writer::ValueWriter;

/// Writes `name=value`, once for each item of a sequence.
pub(crate) struct QueryWriter<'a> {
    pub(crate) url: &'a mut UrlBuilder,
    /// The name, encoded.
    pub(crate) name: &'a str,
    /// Whether the value is encoded, too.
    pub(crate) encoded: bool,
}

impl ValueWriter for QueryWriter<'_> {
    fn text(&mut self, text: &str) -> Result<(), EncodeError> {
        if self.encoded && !percent::is_valid_query(text) {
            return Err(EncodeError::NotEncoded);
        }
        // An empty value is sent as `name=`, which is not the same as leaving the parameter out.
        let out = self.url.begin_pair();
        out.push_str(self.name);
        out.push('=');
        if self.encoded {
            out.push_str(text);
        } else {
            percent::encode(text, out);
        }
        Ok(())
    }

    fn begin_sequence(&mut self) -> Result<(), EncodeError> {
        Ok(())
    }
}

/// Writes `name=a,b`: the items of a sequence in one value.
pub(crate) struct JoinedQueryWriter<'a> {
    pub(crate) url: &'a mut UrlBuilder,
    /// The name, encoded.
    pub(crate) name: &'static str,
    pub(crate) separator: Separator,
    /// Whether an item has been written.
    pub(crate) started: bool,
}

impl ValueWriter for JoinedQueryWriter<'_> {
    fn text(&mut self, text: &str) -> Result<(), EncodeError> {
        if self.separator.splits(text) {
            return Err(EncodeError::ItemWithSeparator(self.separator));
        }
        let out = if self.started {
            let out = self.url.text();
            out.push_str(self.separator.in_query());
            out
        } else {
            let out = self.url.begin_pair();
            out.push_str(self.name);
            out.push('=');
            out
        };
        self.started = true;
        percent::encode(text, out);
        Ok(())
    }

    fn begin_sequence(&mut self) -> Result<(), EncodeError> {
        Ok(())
    }
}

impl PairWriter for UrlBuilder {
    fn pair(&mut self, name: &str, value: &str) -> Result<(), EncodeError> {
        let out = self.begin_pair();
        percent::encode(name, out);
        out.push('=');
        percent::encode(value, out);
        Ok(())
    }
}

/// Writes pairs whose names and values are encoded already.
pub(crate) struct EncodedPairs<'a>(pub(crate) &'a mut UrlBuilder);

impl PairWriter for EncodedPairs<'_> {
    fn pair(&mut self, name: &str, value: &str) -> Result<(), EncodeError> {
        if !percent::is_valid_query(name) || !percent::is_valid_query(value) {
            return Err(EncodeError::NotEncoded);
        }
        let out = self.0.begin_pair();
        out.push_str(name);
        out.push('=');
        out.push_str(value);
        Ok(())
    }
}
