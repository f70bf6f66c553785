//! Server-sent events, parsed
//! ([WHATWG](https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation)).

use std::fmt;
use std::time::Duration;

/// An event of a stream.
///
/// ```
/// use kestra_auth::Event;
///
/// let event = Event::new("{\"progress\": 1}").with_event("progress").with_id("7");
/// assert_eq!((event.event.as_str(), event.id.as_deref()), ("progress", Some("7")));
/// ```
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event {
    /// The id of this event, or of the last one that had one.
    pub id: Option<String>,
    /// The event's type, `message` if it names none.
    pub event: String,
    /// The data, its lines joined by LF.
    pub data: String,
    /// How long to wait before connecting again, if the server has said so.
    pub retry: Option<Duration>,
}

impl Event {
    /// An event of type `message`: for fakes.
    pub fn new(data: impl Into<String>) -> Self {
        Self { id: None, event: "message".to_owned(), data: data.into(), retry: None }
    }

    /// This event with another type.
    #[must_use]
    pub fn with_event(mut self, event: impl Into<String>) -> Self {
        self.event = event.into();
        self
    }

    /// This event with an id.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }
}

/// Shows the type; id and data may be secret.
impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event").field("event", &self.event).field("retry", &self.retry).finish_non_exhaustive()
    }
}

/// What has been read of the event to come.
#[derive(Debug, Default)]
pub(super) struct Parser {
    event: String,
    data: String,
    has_data: bool,
    id: Option<String>,
    /// Of the last event that came to its end: one that breaks off is to come again.
    last_id: Option<String>,
    retry: Option<Duration>,
    begun: bool,
}

impl Parser {
    /// Takes a line without its end; gives the event that it completes.
    pub(super) fn line(&mut self, line: &[u8]) -> Option<Event> {
        let text = String::from_utf8_lossy(line);
        let text = if std::mem::replace(&mut self.begun, true) { &text } else { text.trim_start_matches('\u{feff}') };
        if text.is_empty() {
            return self.dispatch();
        }
        let (field, value) = text.split_once(':').unwrap_or((text, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.event),
            "data" => {
                if self.has_data {
                    self.data.push('\n');
                }
                self.has_data = true;
                self.data.push_str(value);
            }
            "id" if !value.contains('\0') => self.id = Some(value.to_owned()),
            "retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok().map(Duration::from_millis);
            }
            // A comment, or a field of a time to come.
            _ => {}
        }
        None
    }

    fn dispatch(&mut self) -> Option<Event> {
        self.last_id.clone_from(&self.id);
        let event = std::mem::take(&mut self.event);
        let data = std::mem::take(&mut self.data);
        if !std::mem::take(&mut self.has_data) {
            return None;
        }
        let event = if event.is_empty() { "message".to_owned() } else { event };
        Some(Event { id: self.last_id.clone(), event, data, retry: self.retry })
    }

    /// How much of the event to come is held, in bytes.
    pub(super) fn held(&self) -> usize {
        self.data.len() + self.event.len()
    }

    pub(super) fn last_id(&self) -> Option<&str> {
        self.last_id.as_deref().filter(|id| !id.is_empty())
    }

    pub(super) fn retry(&self) -> Option<Duration> {
        self.retry
    }

    /// An event that broke off is dropped; id and waiting time stay.
    pub(super) fn begin_again(&mut self) {
        self.event.clear();
        self.data.clear();
        self.has_data = false;
        self.id.clone_from(&self.last_id);
        self.begun = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(text: &str) -> Vec<Event> {
        let mut parser = Parser::default();
        text.split('\n').filter_map(|line| parser.line(line.as_bytes())).collect()
    }

    #[test]
    fn fields() {
        assert_eq!(events("data: a\ndata:b\ndata\n\n"), [Event::new("a\nb\n")]);
        assert_eq!(events("event: x\nid: 1\ndata:  a\n\n"), [Event::new(" a").with_event("x").with_id("1")]);
        assert_eq!(events(": comment\n\nevent: lost\n\ndata: a\n\n"), [Event::new("a")]);
        assert_eq!(
            events("id: 1\ndata: a\n\ndata: b\n\n"),
            [Event::new("a").with_id("1"), Event::new("b").with_id("1")]
        );
        assert_eq!(events("id: a\0b\nunknown: x\ndata:\n\n"), [Event::new("")]);
        assert_eq!(events("\u{feff}data: a\n\n"), [Event::new("a")]);
        assert_eq!(events("data: unfinished"), []);
        assert_eq!(events("retry: 1500\ndata: a\n\n")[0].retry, Some(Duration::from_millis(1500)));
        assert_eq!(events("retry: 1s\ndata: a\n\n")[0].retry, None);
    }
}
