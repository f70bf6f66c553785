//! Parsing the lines of a `text/event-stream`
//! ([WHATWG](https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation)).

use std::mem;
use std::time::Duration;

use super::event::Event;

/// What has been read of the next event.
#[derive(Default)]
pub(super) struct EventParser {
    event: String,
    data: String,
    has_data: bool,
    id: Option<String>,
    /// The id of the last complete event. An event that is cut off has to be sent again, so its id does not count.
    last_id: Option<String>,
    retry: Option<Duration>,
    /// Whether the first line of the body, which may start with a byte order mark, has been read.
    past_first_line: bool,
}

impl EventParser {
    /// Takes a line without its end, and returns the event that it completes.
    pub(super) fn push_line(&mut self, line: &[u8]) -> Option<Event> {
        // Invalid UTF-8 is replaced, as in browsers.
        let text = String::from_utf8_lossy(line);
        let is_first = !mem::replace(&mut self.past_first_line, true);
        let text = if is_first { text.strip_prefix('\u{feff}').unwrap_or(&text) } else { &text };
        if text.is_empty() {
            return self.complete();
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
            // A comment, which has an empty field name, or an unknown field.
            _ => {}
        }
        None
    }

    fn complete(&mut self) -> Option<Event> {
        self.last_id.clone_from(&self.id);
        let event = mem::take(&mut self.event);
        let data = mem::take(&mut self.data);
        if !mem::take(&mut self.has_data) {
            return None;
        }
        let event = if event.is_empty() { "message".to_owned() } else { event };
        Some(Event { id: self.last_id.clone(), event, data, retry: self.retry })
    }

    /// Returns how many bytes the parser holds for the next event.
    pub(super) fn buffered(&self) -> usize {
        self.data.len() + self.event.len()
    }

    /// Returns the value of `Last-Event-ID` for reconnecting.
    pub(super) fn last_id(&self) -> Option<&str> {
        self.last_id.as_deref().filter(|id| !id.is_empty())
    }

    /// Returns how long the server asked to wait before reconnecting.
    pub(super) fn retry(&self) -> Option<Duration> {
        self.retry
    }

    /// Drops an event that was cut off, to read another body. The last id and the waiting time are kept.
    pub(super) fn reset(&mut self) {
        self.event.clear();
        self.data.clear();
        self.has_data = false;
        self.id.clone_from(&self.last_id);
        self.past_first_line = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(text: &str) -> Vec<Event> {
        let mut parser = EventParser::default();
        text.split('\n').filter_map(|line| parser.push_line(line.as_bytes())).collect()
    }

    #[test]
    fn parses_fields() {
        assert_eq!(events("data: a\ndata:b\ndata\n\n"), [Event::new("a\nb\n")]);
        assert_eq!(events("event: x\nid: 1\ndata:  a\n\n"), [Event::new(" a").with_event("x").with_id("1")]);
        assert_eq!(events("\u{feff}data: a\n\n"), [Event::new("a")]);
        assert_eq!(events("retry: 1500\ndata: a\n\n"), [Event::new("a").with_retry(Duration::from_millis(1500))]);
    }

    #[test]
    fn keeps_the_id_for_later_events() {
        assert_eq!(
            events("id: 1\ndata: a\n\ndata: b\n\n"),
            [Event::new("a").with_id("1"), Event::new("b").with_id("1")]
        );
    }

    #[test]
    fn ignores_what_it_does_not_know() {
        assert_eq!(events(": comment\n\nevent: without data\n\ndata: a\n\n"), [Event::new("a")]);
        assert_eq!(events("id: a\0b\nunknown: x\ndata:\n\n"), [Event::new("")]);
        assert_eq!(events("retry: 1s\ndata: a\n\n"), [Event::new("a")]);
        assert_eq!(events("data: unfinished"), []);
    }

    #[test]
    fn reset_drops_an_event_that_was_cut_off() {
        let mut parser = EventParser::default();
        for line in ["id: 1", "data: a", "", "id: 2", "event: x", "data: cut off"] {
            parser.push_line(line.as_bytes());
        }
        assert_eq!((parser.last_id(), parser.buffered()), (Some("1"), 8));
        parser.reset();
        assert_eq!((parser.last_id(), parser.buffered()), (Some("1"), 0));
        assert!(parser.push_line("\u{feff}data: b".as_bytes()).is_none());
        assert_eq!(parser.push_line(b""), Some(Event::new("b").with_id("1")));
    }
}
