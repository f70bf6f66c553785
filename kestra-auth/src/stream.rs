//! Answers as they come: chunks, lines of JSON, events; and paging.

pub(crate) mod byte_stream;
pub(crate) mod context;
pub(crate) mod event;
pub(crate) mod event_stream;
pub(crate) mod lines;
pub(crate) mod paginate;
