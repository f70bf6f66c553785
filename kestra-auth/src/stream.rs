//! Bodies that are read as they arrive: chunks, lines of JSON and events; and lists that are split into pages.

pub(crate) mod byte_stream;
pub(crate) mod event;
mod event_parser;
pub(crate) mod event_stream;
pub(crate) mod from_event;
mod head;
pub(crate) mod json_lines;
mod lines;
pub(crate) mod paginate;
