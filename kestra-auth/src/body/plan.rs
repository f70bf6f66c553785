//! How much of a response body is read before its result type sees it.

/// What is done with a response body before its result type reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(unnameable_types, reason = "used by a sealed trait")]
pub enum Plan {
    /// The whole body is read into memory, within the limit.
    Buffer,
    /// The body is dropped.
    Discard,
    /// The body is handed over unread.
    Stream,
}
