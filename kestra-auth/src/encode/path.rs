//! Path parameters.

use super::error::EncodeError;
use super::percent;
use super::url::UrlBuilder;
use super::writer::ValueWriter;

/// Writes `{name}`: one value inside a segment.
pub(crate) struct PathWriter<'a> {
    pub(crate) url: &'a mut UrlBuilder,
    pub(crate) encoded: bool,
}

impl ValueWriter for PathWriter<'_> {
    fn text(&mut self, text: &str) -> Result<(), EncodeError> {
        write_segment(text, self.encoded, self.url.text())
    }

    fn none(&mut self) -> Result<(), EncodeError> {
        Err(EncodeError::None)
    }

    fn begin_sequence(&mut self) -> Result<(), EncodeError> {
        Err(EncodeError::Sequence)
    }
}

/// Writes `{name?}`: a whole segment with its slash, or nothing.
pub(crate) struct OptionalSegmentWriter<'a> {
    pub(crate) url: &'a mut UrlBuilder,
    pub(crate) name: &'static str,
    pub(crate) encoded: bool,
}

impl ValueWriter for OptionalSegmentWriter<'_> {
    fn text(&mut self, text: &str) -> Result<(), EncodeError> {
        self.url.begin_segment(self.name)?;
        write_segment(text, self.encoded, self.url.text())
    }

    fn begin_sequence(&mut self) -> Result<(), EncodeError> {
        Err(EncodeError::Sequence)
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
