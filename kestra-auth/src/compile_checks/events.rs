//! The check of `end = "…"`, which is for results that are event streams.

use super::result::ResultProbe;
use crate::response::from_response::FromResponse;

impl<T: FromResponse, E> ResultProbe<Result<T, E>> {
    /// Whether the body is read as events. A type of the caller's says so by what it accepts.
    pub const READS_EVENTS: bool = accepts_events(T::ACCEPT);
}

const fn accepts_events(accept: &str) -> bool {
    const EVENTS: &[u8] = b"text/event-stream";
    let mut rest = accept.as_bytes();
    if let [b'*', b'/', b'*'] = rest {
        return true;
    }
    while let [_, tail @ ..] = rest {
        if starts_with(rest, EVENTS) {
            return true;
        }
        rest = tail;
    }
    false
}

const fn starts_with(text: &[u8], start: &[u8]) -> bool {
    if text.len() < start.len() {
        return false;
    }
    let mut index = 0;
    while index < start.len() {
        if text[index] != start[index] {
            return false;
        }
        index += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_media_type_of_events() {
        for accept in ["text/event-stream", "application/json;q=0.5, text/event-stream;q=0.1", "*/*"] {
            assert!(accepts_events(accept), "{accept}");
        }
        for accept in ["", "application/json", "text/*, */*;q=0.5", "text/event-strea"] {
            assert!(!accepts_events(accept), "{accept}");
        }
    }
}
