//! Answers as they come: chunks, lines of JSON, events; and paging.

mod bytes;
mod events;
mod lines;
mod page;
mod source;
mod sse;

pub use bytes::ByteStream;
pub use events::{EventStream, FromEvent};
pub use lines::JsonLines;
pub use page::{Paginate, paginate};
pub use sse::Event;

pub(crate) use source::Source;

use std::collections::VecDeque;

/// Items that are there already: what a fake returns.
type Ready<T> = VecDeque<Result<T, crate::Error>>;
