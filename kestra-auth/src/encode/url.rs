//! The URL of a request, written once, from left to right, into one string.
//!
//! What is hard here: a segment can be told to be `..` only when it is complete, for `{a}{b}` may make one of
//! two harmless values. So the target remembers where the segment began and who wrote into it.

use super::error::Fault;
use super::percent::is_dot_segment;

#[derive(Debug)]
pub(crate) struct Target {
    url: String,
    /// Behind the slash of the segment that is being written.
    segment: usize,
    /// The placeholder that wrote into that segment last.
    writer: Option<&'static str>,
    has_query: bool,
}

impl Target {
    /// `base` has neither query nor trailing slash.
    pub(crate) fn new(base: &str, capacity: usize) -> Self {
        let mut url = String::with_capacity(base.len() + capacity);
        url.push_str(base);
        Self { segment: url.len(), url, writer: None, has_query: false }
    }

    /// Where encoded text is appended.
    pub(crate) fn text(&mut self) -> &mut String {
        &mut self.url
    }

    /// Text that needs no encoding: pieces of a template.
    pub(crate) fn literal(&mut self, text: &str) -> Result<(), (&'static str, Fault)> {
        let Some(last) = text.rfind('/') else {
            self.url.push_str(text);
            return Ok(());
        };
        let first = text.find('/').unwrap_or(last);
        self.url.push_str(&text[..first]);
        self.end_segment()?;
        self.url.push_str(&text[first..]);
        self.segment = self.url.len() - (text.len() - last - 1);
        Ok(())
    }

    /// Names who writes what comes next.
    pub(crate) fn writes(&mut self, name: &'static str) {
        self.writer = Some(name);
    }

    pub(crate) fn begin_segment(&mut self, name: &'static str) -> Result<(), Fault> {
        self.end_segment().map_err(|(_, fault)| fault)?;
        self.url.push('/');
        self.segment = self.url.len();
        self.writer = Some(name);
        Ok(())
    }

    /// Refuses a segment that a URL parser would drop or climb over.
    pub(crate) fn end_segment(&mut self) -> Result<(), (&'static str, Fault)> {
        let Some(name) = self.writer.take() else { return Ok(()) };
        match &self.url[self.segment..] {
            "" => Err((name, Fault::Empty)),
            segment if is_dot_segment(segment) => Err((name, Fault::DotSegment)),
            _ => Ok(()),
        }
    }

    /// Where the next `name=value` is appended.
    pub(crate) fn begin_pair(&mut self) -> &mut String {
        self.url.push(if self.has_query { '&' } else { '?' });
        self.has_query = true;
        &mut self.url
    }

    /// Another URL altogether, in the form that `Url` writes.
    pub(crate) fn replace(&mut self, url: String) {
        self.has_query = url.contains('?');
        self.segment = url.len();
        self.writer = None;
        self.url = url;
    }

    pub(crate) fn into_url(self) -> String {
        self.url
    }
}
