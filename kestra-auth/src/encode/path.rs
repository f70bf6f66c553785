//! Path parameters.

use super::error::EncodeError;
use super::percent;
use super::url::UrlBuilder;
use super::writer::ValueWriter;

/// A value inside a segment. Commas join the items of a sequence, as in
/// [RFC 6570](https://www.rfc-editor.org/rfc/rfc6570#section-3.2.2) and in OpenAPI's `style: simple`.
pub(crate) struct SegmentValue {
    encoded: bool,
    is_sequence: bool,
    /// Whether an item has been written.
    started: bool,
}

impl SegmentValue {
    pub(crate) const fn new(encoded: bool) -> Self {
        Self { encoded, is_sequence: false, started: false }
    }

    fn write(&mut self, text: &str, out: &mut String) -> Result<(), EncodeError> {
        // An encoded comma is not a separator, and one that is not encoded would be.
        if self.encoded && self.is_sequence && text.contains(',') {
            return Err(EncodeError::EncodedItemWithComma);
        }
        if self.started {
            out.push(',');
        }
        self.started = true;
        write_segment(text, self.encoded, out)
    }
}

/// Writes `{name}`: a value inside a segment.
pub(crate) struct PathWriter<'a> {
    pub(crate) url: &'a mut UrlBuilder,
    pub(crate) value: SegmentValue,
}

impl ValueWriter for PathWriter<'_> {
    fn text(&mut self, text: &str) -> Result<(), EncodeError> {
        self.value.write(text, self.url.text())
    }

    fn none(&mut self) -> Result<(), EncodeError> {
        // Null items of a sequence are skipped everywhere.
        if self.value.is_sequence { Ok(()) } else { Err(EncodeError::None) }
    }

    fn begin_sequence(&mut self) -> Result<(), EncodeError> {
        self.value.is_sequence = true;
        Ok(())
    }
}

/// Writes `{name?}`: a whole segment with its slash, or nothing, also for a sequence without items.
pub(crate) struct OptionalSegmentWriter<'a> {
    pub(crate) url: &'a mut UrlBuilder,
    pub(crate) name: &'static str,
    pub(crate) value: SegmentValue,
}

impl ValueWriter for OptionalSegmentWriter<'_> {
    fn text(&mut self, text: &str) -> Result<(), EncodeError> {
        if !self.value.started {
            self.url.begin_segment(self.name)?;
        }
        self.value.write(text, self.url.text())
    }

    fn begin_sequence(&mut self) -> Result<(), EncodeError> {
        self.value.is_sequence = true;
        Ok(())
    }
}

/// Writes `{**name}`: any number of segments, because a slash in the value is kept.
pub(crate) struct CatchAllWriter<'a> {
    pub(crate) url: &'a mut UrlBuilder,
    pub(crate) name: &'static str,
    /// Whether the value starts a segment.
    pub(crate) own_slash: bool,
    pub(crate) encoded: bool,
}

impl ValueWriter for CatchAllWriter<'_> {
    fn text(&mut self, text: &str) -> Result<(), EncodeError> {
        if text.is_empty() {
            return Ok(());
        }
        // Each segment is begun on its own, so that an empty or a dot segment inside the value is rejected.
        for (index, segment) in text.split('/').enumerate() {
            if index > 0 || self.own_slash {
                self.url.begin_segment(self.name)?;
            }
            write_segment(segment, self.encoded, self.url.text())?;
        }
        Ok(())
    }

    fn begin_sequence(&mut self) -> Result<(), EncodeError> {
        Err(EncodeError::Sequence)
    }
}

/// Encodes a value, or, if it is encoded already, what a segment cannot contain.
fn write_segment(text: &str, encoded: bool, out: &mut String) -> Result<(), EncodeError> {
    if !encoded {
        percent::encode(text, out);
        return Ok(());
    }
    if text.contains('/') {
        return Err(EncodeError::Slash);
    }
    percent::encode_remaining(text, out);
    Ok(())
}
