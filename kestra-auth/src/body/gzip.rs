//! A body that is compressed with gzip ([RFC 1952](https://www.rfc-editor.org/rfc/rfc1952)).
//!
//! What is hard here: a body can have several members, one after the other, and a decoder that stops after the first
//! one loses the rest without anyone noticing. And a small body can become a huge one, so only as much is decompressed
//! as one chunk of the result holds.

use std::io::{self, Write as _};
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use flate2::write::GzDecoder;
use http_body::Frame;

use super::Body;
use crate::error::Error;
use crate::error::kind::ErrorKind;

/// Decompresses a body.
pub(crate) struct GzipBody {
    body: Body,
    decoder: Decoder,
    /// What has arrived and is not decompressed yet.
    rest: Bytes,
}

impl GzipBody {
    pub(crate) fn new(body: Body) -> Self {
        Self { body, decoder: Decoder::Between, rest: Bytes::new() }
    }

    /// Drops everything, so that nothing follows an error.
    fn fail(&mut self) -> Error {
        *self = Self::new(Body::empty());
        Error::new(ErrorKind::Body, "the response body is not valid gzip, or breaks off")
    }
}

impl http_body::Body for GzipBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let this = &mut *self;
        loop {
            if !this.rest.is_empty() {
                match this.decoder.decode(&mut this.rest) {
                    Ok(bytes) if bytes.is_empty() => continue,
                    Ok(bytes) => return Poll::Ready(Some(Ok(Frame::data(bytes.into())))),
                    Err(_) => return Poll::Ready(Some(Err(this.fail()))),
                }
            }
            match ready!(Pin::new(&mut this.body).poll_frame(cx)) {
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(bytes) => this.rest = bytes,
                    Err(trailers) => return Poll::Ready(Some(Ok(trailers))),
                },
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => {
                    return Poll::Ready(match this.decoder.end() {
                        Ok(bytes) if bytes.is_empty() => None,
                        Ok(bytes) => Some(Ok(Frame::data(bytes.into()))),
                        Err(_) => Some(Err(this.fail())),
                    });
                }
            }
        }
    }
}

enum Decoder {
    /// Before the first member, or after one.
    Between,
    Member(Box<GzDecoder<Vec<u8>>>),
}

impl Decoder {
    /// Decompresses a part of `rest`, which is not empty, and returns what has become of it.
    fn decode(&mut self, rest: &mut Bytes) -> io::Result<Vec<u8>> {
        match self {
            Self::Between => {
                // Some writers fill up a block with zeros, which no member starts with.
                let padding = rest.iter().take_while(|byte| **byte == 0).count();
                let _ = rest.split_to(padding);
                if !rest.is_empty() {
                    *self = Self::Member(Box::new(GzDecoder::new(Vec::new())));
                }
                Ok(Vec::new())
            }
            Self::Member(decoder) => {
                let taken = decoder.write(rest)?;
                let _ = rest.split_to(taken);
                if taken == 0 {
                    return self.end();
                }
                if rest.is_empty() {
                    // What has arrived is passed on at once, because more may take long, as with events.
                    decoder.flush()?;
                }
                Ok(mem::take(decoder.get_mut()))
            }
        }
    }

    /// Ends a member, and returns the last bytes of it.
    fn end(&mut self) -> io::Result<Vec<u8>> {
        match mem::replace(self, Self::Between) {
            Self::Between => Ok(Vec::new()),
            // This checks the length and the checksum.
            Self::Member(decoder) => decoder.finish(),
        }
    }
}
