//! Path parameters.

use super::Request;
use crate::encode::error::EncodeError;
use crate::encode::param_value::ParamValue;
use crate::encode::path::{CatchAllWriter, OptionalSegmentWriter, PathWriter, SegmentValue};
use crate::encode::url::PathResult;
use crate::encode::writer::ValueWriter;
use crate::response::link::Link;

impl Request<'_> {
    /// Writes a literal piece of the path template, which is encoded.
    pub fn literal(&mut self, text: &'static str) {
        let written = self.url.literal(text);
        self.check_path(written);
    }

    /// Writes `{name}`.
    pub fn path<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.write_path(name, false, |writer| value.write(writer));
    }

    /// Writes `{name}` from an encoded value.
    pub fn path_encoded<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.write_path(name, true, |writer| value.write(writer));
    }

    /// Writes `{name?}`.
    pub fn path_optional<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.write_optional(name, false, |writer| value.write(writer));
    }

    /// Writes `{name?}` from an encoded value.
    pub fn path_optional_encoded<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.write_optional(name, true, |writer| value.write(writer));
    }

    /// Writes `{**name}` that starts a segment.
    pub fn path_rest<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.write_rest(name, true, false, |writer| value.write(writer));
    }

    /// Writes `{**name}` that starts a segment, from an encoded value.
    pub fn path_rest_encoded<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.write_rest(name, true, true, |writer| value.write(writer));
    }

    /// Writes `{**name}` that follows something else in its segment.
    pub fn path_rest_in_segment<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.write_rest(name, false, false, |writer| value.write(writer));
    }

    /// Writes `{**name}` that follows something else in its segment, from an encoded value.
    pub fn path_rest_in_segment_encoded<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.write_rest(name, false, true, |writer| value.write(writer));
    }

    /// Replaces the whole URL with that of a parameter with `#[url]`.
    pub fn url(&mut self, name: &'static str, link: &Link) {
        let Some(client) = self.client else { return };
        match link.resolve(&client.state().base) {
            Ok(url) => self.url.replace(url),
            Err(reason) => self.report(|| format!("link `{name}` {reason}")),
        }
    }

    pub(super) fn end_path(&mut self) {
        let ended = self.url.end_segment();
        self.check_path(ended);
    }

    fn write_path(
        &mut self,
        name: &'static str,
        encoded: bool,
        write: impl FnOnce(&mut dyn ValueWriter) -> Result<(), EncodeError>,
    ) {
        self.url.begin_placeholder(name);
        let written = write(&mut PathWriter { url: &mut self.url, value: SegmentValue::new(encoded) });
        self.check_path(written.map_err(|error| (name, error)));
    }

    fn write_optional(
        &mut self,
        name: &'static str,
        encoded: bool,
        write: impl FnOnce(&mut dyn ValueWriter) -> Result<(), EncodeError>,
    ) {
        let written = write(&mut OptionalSegmentWriter { url: &mut self.url, name, value: SegmentValue::new(encoded) });
        self.check_path(written.map_err(|error| (name, error)));
    }

    fn write_rest(
        &mut self,
        name: &'static str,
        own_slash: bool,
        encoded: bool,
        write: impl FnOnce(&mut dyn ValueWriter) -> Result<(), EncodeError>,
    ) {
        if !own_slash {
            self.url.begin_placeholder(name);
        }
        let written = write(&mut CatchAllWriter { url: &mut self.url, name, own_slash, encoded });
        self.check_path(written.map_err(|error| (name, error)));
    }

    fn check_path(&mut self, written: PathResult) {
        if let Err((name, error)) = written {
            self.report(|| format!("path parameter `{name}` {error}"));
        }
    }
}
