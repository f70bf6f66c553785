//! Where the scalars of a value go. A sink knows its place: whether nothing or several are welcome there.

use std::fmt;

use http::header::Entry;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::Fault;
use super::percent::encode;
use super::target::Target;

/// Takes what a value comes out as.
#[doc(hidden)]
pub trait Sink {
    fn text(&mut self, text: &str) -> Result<(), Fault>;

    fn none(&mut self) -> Result<(), Fault> {
        Ok(())
    }

    /// Called once, before the elements.
    fn begin_sequence(&mut self) -> Result<(), Fault>;

    fn mark_sensitive(&mut self) {}

    fn header_value(&mut self, value: &HeaderValue) -> Result<(), Fault> {
        self.text(value.to_str().map_err(|_| Fault::Header)?)
    }
}

impl fmt::Debug for dyn Sink + '_ {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sink")
    }
}

/// One value inside a segment.
pub(crate) struct PathSink<'a>(pub(crate) &'a mut Target);

impl Sink for PathSink<'_> {
    fn text(&mut self, text: &str) -> Result<(), Fault> {
        encode(text, self.0.text());
        Ok(())
    }

    fn none(&mut self) -> Result<(), Fault> {
        Err(Fault::None)
    }

    fn begin_sequence(&mut self) -> Result<(), Fault> {
        Err(Fault::Sequence)
    }
}

/// A whole segment with its slash, or nothing.
pub(crate) struct OptionalSink<'a>(pub(crate) &'a mut Target, pub(crate) &'static str);

impl Sink for OptionalSink<'_> {
    fn text(&mut self, text: &str) -> Result<(), Fault> {
        self.0.begin_segment(self.1)?;
        encode(text, self.0.text());
        Ok(())
    }

    fn begin_sequence(&mut self) -> Result<(), Fault> {
        Err(Fault::Sequence)
    }
}

/// Any number of segments: a slash in the value is one in the path.
pub(crate) struct RestSink<'a> {
    pub(crate) target: &'a mut Target,
    pub(crate) name: &'static str,
    /// Whether the value begins a segment of its own.
    pub(crate) own_slash: bool,
}

impl Sink for RestSink<'_> {
    fn text(&mut self, text: &str) -> Result<(), Fault> {
        if text.is_empty() {
            return Ok(());
        }
        for (index, segment) in text.split('/').enumerate() {
            if index > 0 || self.own_slash {
                self.target.begin_segment(self.name)?;
            }
            encode(segment, self.target.text());
        }
        Ok(())
    }

    fn begin_sequence(&mut self) -> Result<(), Fault> {
        Err(Fault::Sequence)
    }
}

/// `name=value`, repeated for a sequence. The name is encoded.
pub(crate) struct QuerySink<'a>(pub(crate) &'a mut Target, pub(crate) &'static str);

impl Sink for QuerySink<'_> {
    fn text(&mut self, text: &str) -> Result<(), Fault> {
        let out = self.0.begin_pair();
        out.push_str(self.1);
        out.push('=');
        encode(text, out);
        Ok(())
    }

    fn begin_sequence(&mut self) -> Result<(), Fault> {
        Ok(())
    }
}

/// `name=a,b`: a sequence in one value.
pub(crate) struct JoinedSink<'a> {
    pub(crate) target: &'a mut Target,
    pub(crate) name: &'static str,
    /// Encoded, or a character that stands for itself.
    pub(crate) separator: &'static str,
    pub(crate) started: bool,
}

impl Sink for JoinedSink<'_> {
    fn text(&mut self, text: &str) -> Result<(), Fault> {
        let out = if self.started {
            let out = self.target.text();
            out.push_str(self.separator);
            out
        } else {
            let out = self.target.begin_pair();
            out.push_str(self.name);
            out.push('=');
            out
        };
        self.started = true;
        encode(text, out);
        Ok(())
    }

    fn begin_sequence(&mut self) -> Result<(), Fault> {
        Ok(())
    }
}

/// A header, repeated for a sequence.
pub(crate) struct HeaderSink<'a> {
    pub(crate) headers: &'a mut HeaderMap,
    pub(crate) name: &'a HeaderName,
    pub(crate) sensitive: bool,
}

impl Sink for HeaderSink<'_> {
    fn text(&mut self, text: &str) -> Result<(), Fault> {
        let value = HeaderValue::from_str(text).map_err(|_| Fault::Header)?;
        self.header_value(&value)
    }

    fn begin_sequence(&mut self) -> Result<(), Fault> {
        Ok(())
    }

    fn mark_sensitive(&mut self) {
        self.sensitive = true;
    }

    fn header_value(&mut self, value: &HeaderValue) -> Result<(), Fault> {
        let mut value = value.clone();
        value.set_sensitive(value.is_sensitive() || self.sensitive);
        match self.headers.entry(self.name) {
            Entry::Vacant(entry) => {
                entry.insert(value);
            }
            Entry::Occupied(mut entry) => entry.append(value),
        }
        Ok(())
    }
}
