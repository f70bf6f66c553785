//! Where the scalars of a value go. A sink knows its place: whether nothing or several are welcome there.

use std::fmt;

use http::header::Entry;
use http::{HeaderMap, HeaderName, HeaderValue};
use url::form_urlencoded::byte_serialize;

use super::error::Fault;
use super::percent::{self, encode};
use super::url::Target;

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
pub(crate) struct PathSink<'a> {
    pub(crate) target: &'a mut Target,
    pub(crate) encoded: bool,
}

impl Sink for PathSink<'_> {
    fn text(&mut self, text: &str) -> Result<(), Fault> {
        encode_segment(text, self.encoded, self.target.text())
    }

    fn none(&mut self) -> Result<(), Fault> {
        Err(Fault::None)
    }

    fn begin_sequence(&mut self) -> Result<(), Fault> {
        Err(Fault::Sequence)
    }
}

/// What is encoded already keeps its `%XX` and what a segment may hold; the rest is encoded all the same.
fn encode_segment(text: &str, encoded: bool, out: &mut String) -> Result<(), Fault> {
    if !encoded {
        encode(text, out);
        return Ok(());
    }
    if text.contains('/') {
        return Err(Fault::Slash);
    }
    percent::encode_rest(text, out);
    Ok(())
}

/// A whole segment with its slash, or nothing.
pub(crate) struct OptionalSink<'a> {
    pub(crate) target: &'a mut Target,
    pub(crate) name: &'static str,
    pub(crate) encoded: bool,
}

impl Sink for OptionalSink<'_> {
    fn text(&mut self, text: &str) -> Result<(), Fault> {
        self.target.begin_segment(self.name)?;
        encode_segment(text, self.encoded, self.target.text())
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
    pub(crate) encoded: bool,
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
            encode_segment(segment, self.encoded, self.target.text())?;
        }
        Ok(())
    }

    fn begin_sequence(&mut self) -> Result<(), Fault> {
        Err(Fault::Sequence)
    }
}

/// `name=value`, repeated for a sequence. The name is encoded.
pub(crate) struct QuerySink<'a> {
    pub(crate) target: &'a mut Target,
    pub(crate) name: &'a str,
    /// Whether the value is, too.
    pub(crate) encoded: bool,
}

impl Sink for QuerySink<'_> {
    fn text(&mut self, text: &str) -> Result<(), Fault> {
        if self.encoded && !percent::is_query(text) {
            return Err(Fault::NotEncoded);
        }
        let out = self.target.begin_pair();
        out.push_str(self.name);
        out.push('=');
        if self.encoded {
            out.push_str(text);
        } else {
            encode(text, out);
        }
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

/// Takes `name=value` pairs: a query or a form.
pub(crate) trait Pairs {
    fn pair(&mut self, name: &str, value: &str) -> Result<(), Fault>;
}

impl Pairs for Target {
    fn pair(&mut self, name: &str, value: &str) -> Result<(), Fault> {
        let out = self.begin_pair();
        encode(name, out);
        out.push('=');
        encode(value, out);
        Ok(())
    }
}

/// A query whose names and values are encoded already.
pub(crate) struct EncodedPairs<'a>(pub(crate) &'a mut Target);

impl Pairs for EncodedPairs<'_> {
    fn pair(&mut self, name: &str, value: &str) -> Result<(), Fault> {
        if !percent::is_query(name) || !percent::is_query(value) {
            return Err(Fault::NotEncoded);
        }
        let out = self.0.begin_pair();
        out.push_str(name);
        out.push('=');
        out.push_str(value);
        Ok(())
    }
}

/// A form's body ([WHATWG](https://url.spec.whatwg.org/#urlencoded-serializing)): a space is `+`.
#[derive(Debug, Default)]
pub(crate) struct FormPairs(pub(crate) String);

impl Pairs for FormPairs {
    fn pair(&mut self, name: &str, value: &str) -> Result<(), Fault> {
        if !self.0.is_empty() {
            self.0.push('&');
        }
        self.0.extend(byte_serialize(name.as_bytes()));
        self.0.push('=');
        self.0.extend(byte_serialize(value.as_bytes()));
        Ok(())
    }
}

/// One field of a form, repeated for a sequence.
pub(crate) struct FieldSink<'a> {
    pub(crate) form: &'a mut FormPairs,
    pub(crate) name: &'static str,
}

impl Sink for FieldSink<'_> {
    fn text(&mut self, text: &str) -> Result<(), Fault> {
        self.form.pair(self.name, text)
    }

    fn begin_sequence(&mut self) -> Result<(), Fault> {
        Ok(())
    }
}

/// One cookie, repeated for a sequence ([RFC 6265](https://www.rfc-editor.org/rfc/rfc6265#section-4.1.1)).
pub(crate) struct CookieSink<'a> {
    pub(crate) cookies: &'a mut String,
    pub(crate) name: &'static str,
}

impl Sink for CookieSink<'_> {
    fn text(&mut self, text: &str) -> Result<(), Fault> {
        if !text.bytes().all(|byte| matches!(byte, b'!'..=b'~') && !b"\",;\\".contains(&byte)) {
            return Err(Fault::Cookie);
        }
        if !self.cookies.is_empty() {
            self.cookies.push_str("; ");
        }
        self.cookies.push_str(self.name);
        self.cookies.push('=');
        self.cookies.push_str(text);
        Ok(())
    }

    fn begin_sequence(&mut self) -> Result<(), Fault> {
        Ok(())
    }
}

/// The key of a map, as text.
pub(crate) struct KeySink(pub(crate) Option<String>);

impl Sink for KeySink {
    fn text(&mut self, text: &str) -> Result<(), Fault> {
        self.0 = Some(text.to_owned());
        Ok(())
    }

    fn none(&mut self) -> Result<(), Fault> {
        Err(Fault::NoPair)
    }

    fn begin_sequence(&mut self) -> Result<(), Fault> {
        Err(Fault::NoPair)
    }
}
