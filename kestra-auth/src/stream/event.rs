//! Server-sent events.

use std::fmt;
use std::time::Duration;

/// A server-sent event.
///
/// ```
/// use kestra_auth::Event;
///
/// let event = Event::new("{\"progress\": 1}").with_event("progress").with_id("7");
/// assert_eq!((event.event.as_str(), event.id.as_deref()), ("progress", Some("7")));
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Event {
    /// The id of this event, or of the last event that had one.
    pub id: Option<String>,
    /// The type of the event: `message`, unless the event names another.
    pub event: String,
    /// The data. Several lines are joined with LF.
    pub data: String,
    /// How long to wait before reconnecting, if the server has said so.
    pub retry: Option<Duration>,
}

impl Event {
    /// Builds an event of type `message` without an id.
    #[must_use]
    pub fn new(data: impl Into<String>) -> Self {
        Self { id: None, event: "message".to_owned(), data: data.into(), retry: None }
    }

    /// Sets the type.
    #[must_use]
    pub fn with_event(mut self, event: impl Into<String>) -> Self {
        self.event = event.into();
        self
    }

    /// Sets the id.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Sets how long to wait before reconnecting.
    #[must_use]
    pub fn with_retry(mut self, retry: Duration) -> Self {
        self.retry = Some(retry);
        self
    }
}

/// Shows the length of the data, because id, type and data may be secret.
impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Event({} bytes)", self.data.len())
    }
}
