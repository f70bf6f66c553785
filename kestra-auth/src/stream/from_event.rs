//! Making an item of an event.

use serde::de::DeserializeOwned;

use super::event::Event;
use crate::error::Error;
use crate::json::decode;
use crate::json::error::Subject;

/// Makes an item of an [`EventStream`](crate::EventStream) from an event.
///
/// It is implemented for [`Event`] itself, and for everything that implements serde's `DeserializeOwned`, which is read
/// from the data as JSON. A type of your own that does not implement `Deserialize` can implement it, to distinguish
/// events by their type:
///
/// ```
/// use kestra_auth::{Error, ErrorKind, Event, FromEvent};
///
/// enum Change {
///     Created(String),
///     Deleted(String),
/// }
///
/// impl FromEvent for Change {
///     fn from_event(event: Event) -> Result<Self, Error> {
///         match event.event.as_str() {
///             "created" => Ok(Self::Created(event.data)),
///             "deleted" => Ok(Self::Deleted(event.data)),
///             _ => Err(Error::new(ErrorKind::Decode, "unknown type of event")),
///         }
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from an event",
    label = "neither implements `Deserialize` nor is `Event`",
    note = "write `#[derive(serde::Deserialize)]` on the type, use `Event`, or implement `FromEvent`"
)]
pub trait FromEvent: Sized {
    /// Makes an item.
    ///
    /// # Errors
    /// If the event is not what the type expects. Such an error has the kind [`Decode`](crate::ErrorKind::Decode); the
    /// endpoint is added to it.
    fn from_event(event: Event) -> Result<Self, Error>;
}

impl FromEvent for Event {
    fn from_event(event: Event) -> Result<Self, Error> {
        Ok(event)
    }
}

impl<T: DeserializeOwned> FromEvent for T {
    fn from_event(event: Event) -> Result<Self, Error> {
        decode::decode(event.data.as_bytes(), Subject::EventData).map_err(Error::from)
    }
}
