//! Splitting a body into lines, however it is split into chunks.

use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes, BytesMut};

use super::byte_stream::ByteStream;
use super::head::StreamHead;
use crate::body::Body;
use crate::call::stream_origin::StreamOrigin;
use crate::error::Error;
use crate::error::kind::ErrorKind;

/// The lines of a body. A line ends with LF, CR LF or CR, and with the body.
pub(super) struct Lines {
    chunks: ByteStream,
    buffer: BytesMut,
    /// How many bytes of the buffer have been searched for the end of a line, without finding one.
    searched: usize,
    /// The longest line, in bytes.
    limit: u64,
    /// Whether the last line ended with CR. An LF right after it belongs to the same line end.
    after_cr: bool,
    ended: bool,
}

impl Lines {
    /// Reads the lines of a response, up to the limit of the call that it comes from. Its errors do not have the head.
    pub(super) fn of(body: Body, origin: Option<&StreamOrigin>) -> Self {
        Self::new(ByteStream::new(body, StreamHead::NONE), StreamOrigin::line_limit(origin))
    }

    pub(super) fn new(chunks: ByteStream, limit: u64) -> Self {
        Self { chunks, buffer: BytesMut::new(), searched: 0, limit, after_cr: false, ended: false }
    }

    /// Returns the next line without its end, or `None` at the end of the body.
    pub(super) fn poll_line(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        loop {
            let line = self.take_line();
            // The limit also holds for a line whose end has not arrived, or else the buffer could grow without bound.
            let length = line.as_ref().map_or(self.buffer.len(), Bytes::len);
            if length as u64 > self.limit {
                let detail = format!("a line exceeds the limit of {} bytes", self.limit);
                let error = Error::with_detail(ErrorKind::Body, detail);
                self.end(Some(&error));
                return Poll::Ready(Some(Err(error)));
            }
            if let Some(line) = line {
                return Poll::Ready(Some(Ok(line)));
            }
            if self.ended {
                self.searched = 0;
                let last = self.buffer.split().freeze();
                return Poll::Ready((!last.is_empty()).then_some(Ok(last)));
            }
            match ready!(self.chunks.poll_chunk(cx)) {
                Some(Ok(chunk)) => self.buffer.extend_from_slice(&chunk),
                Some(Err(error)) => {
                    self.end(Some(&error));
                    return Poll::Ready(Some(Err(error)));
                }
                None => self.ended = true,
            }
        }
    }

    /// Drops the body and what has been read of it, so that nothing follows an error or the end of the content.
    pub(super) fn end(&mut self, error: Option<&Error>) {
        self.chunks.end(error);
        self.ended = true;
        self.buffer.clear();
        self.searched = 0;
    }

    /// Takes a line out of the buffer, if there is a whole one.
    fn take_line(&mut self) -> Option<Bytes> {
        if self.after_cr && !self.buffer.is_empty() {
            self.after_cr = false;
            if self.buffer[0] == b'\n' {
                self.buffer.advance(1);
            }
        }
        let end = self.buffer[self.searched..].iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        let Some(end) = end.map(|end| self.searched + end) else {
            self.searched = self.buffer.len();
            return None;
        };
        self.searched = 0;
        let mut line = self.buffer.split_to(end + 1);
        self.after_cr = line[end] == b'\r';
        line.truncate(end);
        Some(line.freeze())
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use super::*;

    async fn lines(chunks: &[&'static str], limit: u64) -> Vec<Result<String, String>> {
        let mut lines = Lines::new(chunks.iter().copied().collect(), limit);
        let mut all = Vec::new();
        while let Some(line) = poll_fn(|cx| lines.poll_line(cx)).await {
            all.push(line.map(|line| String::from_utf8(line.to_vec()).unwrap()).map_err(|error| error.to_string()));
        }
        all
    }

    #[tokio::test]
    async fn splits_at_every_kind_of_line_end() {
        let expected = ["a", "b", "", "c", "d"].map(|line| Ok(line.to_owned()));
        assert_eq!(lines(&["a\nb\r\n\rc\rd"], 1).await, expected);
        let chunks: Vec<&str> = "a\nb\r\n\rc\rd".split("").filter(|chunk| !chunk.is_empty()).collect();
        assert_eq!(lines(&chunks, 1).await, expected);
        assert_eq!(lines(&["a", "b\r", "\nc\n"], 2).await, ["ab", "c"].map(|line| Ok(line.to_owned())));
        assert_eq!(lines(&["", "\n"], 0).await, [Ok(String::new())]);
        assert_eq!(lines(&[], 0).await, []);
    }

    #[tokio::test]
    async fn rejects_a_line_beyond_the_limit_and_ends() {
        let too_long = || Err("a line exceeds the limit of 2 bytes".to_owned());
        assert_eq!(lines(&["ab\nabc\nab\n"], 2).await, [Ok("ab".to_owned()), too_long()]);
        assert_eq!(lines(&["ab", "c"], 2).await, [too_long()], "a line whose end has not arrived");
    }
}
