//! The path of a request, piece by piece.

use super::RequestBuilder;
use crate::encode::error::Fault;
use crate::encode::param_value::ParamValue;
use crate::encode::writer::{OptionalSink, PathSink, RestSink, Sink};
use crate::response::link::Link;

impl RequestBuilder<'_> {
    /// A piece of the path template, encoded.
    pub fn literal(&mut self, text: &'static str) {
        let written = self.target.literal(text);
        self.note_path(written);
    }

    /// `{name}`
    pub fn path<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.segment(name, false, |sink| value.write(sink));
    }

    /// `{name}`, encoded already.
    pub fn path_encoded<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.segment(name, true, |sink| value.write(sink));
    }

    /// `{name?}`
    pub fn path_optional<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.optional(name, false, |sink| value.write(sink));
    }

    /// `{name?}`, encoded already.
    pub fn path_optional_encoded<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.optional(name, true, |sink| value.write(sink));
    }

    /// `{**name}`, a segment of its own.
    pub fn path_rest<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.rest(name, true, false, |sink| value.write(sink));
    }

    /// `{**name}`, a segment of its own, encoded already.
    pub fn path_rest_encoded<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.rest(name, true, true, |sink| value.write(sink));
    }

    /// `{**name}` behind something else in its segment.
    pub fn path_rest_in_segment<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.rest(name, false, false, |sink| value.write(sink));
    }

    /// `{**name}` behind something else in its segment, encoded already.
    pub fn path_rest_in_segment_encoded<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.rest(name, false, true, |sink| value.write(sink));
    }

    /// The whole target, from a link.
    pub fn url(&mut self, name: &'static str, link: &Link) {
        match link.resolve(self.client.base()) {
            Ok(url) => self.target.replace(url),
            Err(why) => self.note(|| format!("the link `{name}` {why}")),
        }
    }

    fn segment(&mut self, name: &'static str, encoded: bool, write: impl FnOnce(&mut dyn Sink) -> Result<(), Fault>) {
        self.target.writes(name);
        let written = write(&mut PathSink { target: &mut self.target, encoded });
        self.note_path(written.map_err(|fault| (name, fault)));
    }

    fn optional(&mut self, name: &'static str, encoded: bool, write: impl FnOnce(&mut dyn Sink) -> Result<(), Fault>) {
        let written = write(&mut OptionalSink { target: &mut self.target, name, encoded });
        self.note_path(written.map_err(|fault| (name, fault)));
    }

    fn rest(
        &mut self,
        name: &'static str,
        own_slash: bool,
        encoded: bool,
        write: impl FnOnce(&mut dyn Sink) -> Result<(), Fault>,
    ) {
        if !own_slash {
            self.target.writes(name);
        }
        let written = write(&mut RestSink { target: &mut self.target, name, own_slash, encoded });
        self.note_path(written.map_err(|fault| (name, fault)));
    }

    pub(super) fn end_path(&mut self) {
        let ended = self.target.end_segment();
        self.note_path(ended);
    }

    fn note_path(&mut self, written: Result<(), (&'static str, Fault)>) {
        if let Err((name, fault)) = written {
            self.note(|| format!("path parameter `{name}` {fault}"));
        }
    }
}
