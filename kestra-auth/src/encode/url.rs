//! The URL of a request, which is written once, from left to right, into one string.
//!
//! What is hard here: whether a segment is `..` is known only when it is complete, because `{a}{b}` can make one of
//! two harmless values. So the builder remembers where the segment starts and which placeholder wrote into it last.

use super::error::EncodeError;
use super::percent::is_dot_segment;

/// An error of a path parameter, with the parameter's name.
pub(crate) type PathResult = Result<(), (&'static str, EncodeError)>;

/// Builds the URL of a request.
pub(crate) struct UrlBuilder {
    url: String,
    /// Where the segment that is being written starts, after its slash.
    segment: usize,
    /// The placeholder that last wrote into that segment.
    placeholder: Option<&'static str>,
    has_query: bool,
}

impl UrlBuilder {
    /// Starts with a base URL, which has neither a query nor a trailing slash.
    pub(crate) fn new(base: &str, capacity: usize) -> Self {
        let mut url = String::with_capacity(base.len() + capacity);
        url.push_str(base);
        Self { segment: url.len(), url, placeholder: None, has_query: false }
    }

    /// Returns the string, to which encoded text can be appended.
    pub(crate) fn text(&mut self) -> &mut String {
        &mut self.url
    }

    /// Appends a literal piece of a template, which is encoded.
    pub(crate) fn literal(&mut self, text: &str) -> PathResult {
        // Both slashes are near their ends of the text, where a search that prepares for longer texts does not pay.
        let mut bytes = text.bytes();
        let Some(first) = bytes.position(|byte| byte == b'/') else {
            self.url.push_str(text);
            return Ok(());
        };
        // What is before the first slash belongs to the current segment, and what is after the last slash to the next.
        let last = bytes.rposition(|byte| byte == b'/').map_or(first, |index| first + 1 + index);
        self.url.push_str(&text[..first]);
        self.end_segment()?;
        self.url.push_str(&text[first..]);
        self.segment = self.url.len() - (text.len() - last - 1);
        Ok(())
    }

    /// Sets the placeholder that is written next.
    pub(crate) fn begin_placeholder(&mut self, name: &'static str) {
        self.placeholder = Some(name);
    }

    /// Starts a segment for a placeholder.
    pub(crate) fn begin_segment(&mut self, name: &'static str) -> Result<(), EncodeError> {
        self.end_segment().map_err(|(_, error)| error)?;
        self.url.push('/');
        self.segment = self.url.len();
        self.placeholder = Some(name);
        Ok(())
    }

    /// Rejects a segment that a URL parser would remove, together with the one before it if it is `..`.
    pub(crate) fn end_segment(&mut self) -> PathResult {
        // The macro has checked segments without placeholders.
        let Some(name) = self.placeholder.take() else { return Ok(()) };
        match &self.url[self.segment..] {
            "" => Err((name, EncodeError::EmptySegment)),
            segment if is_dot_segment(segment) => Err((name, EncodeError::DotSegment)),
            _ => Ok(()),
        }
    }

    /// Returns the string, to which the next `name=value` can be appended.
    pub(crate) fn begin_pair(&mut self) -> &mut String {
        self.url.push(if self.has_query { '&' } else { '?' });
        self.has_query = true;
        &mut self.url
    }

    /// Replaces everything with a URL in the form that `Url` writes.
    pub(crate) fn replace(&mut self, url: String) {
        self.has_query = url.contains('?');
        self.segment = url.len();
        self.placeholder = None;
        self.url = url;
    }

    pub(crate) fn into_string(self) -> String {
        self.url
    }
}
