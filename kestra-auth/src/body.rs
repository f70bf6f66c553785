//! The body of a request or a response.

#[cfg(feature = "gzip")]
pub(crate) mod gzip;
pub(crate) mod into_body;
pub(crate) mod observed;
pub(crate) mod plan;
#[cfg(feature = "stream")]
mod stream;
pub(crate) mod transport;

use std::any::Any;
use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt;
use http_body_util::combinators::UnsyncBoxBody;
use observed::{ObserveBody, ObservedBody};
use transport::TransportBody;

use crate::error::conversion::from_body;
use crate::error::{BoxError, Error};

/// The body of a request or a response: bytes in memory, or a stream.
///
/// It implements [`http_body::Body`], so it works with the layers of [tower](https://docs.rs/tower) and
/// [tower-http](https://docs.rs/tower-http).
///
/// ```
/// let body = kestra_auth::Body::from("id: hello");
/// assert_eq!(body.as_bytes().map(|bytes| bytes.len()), Some(9));
/// ```
#[derive(Default)]
pub struct Body(Inner);

#[derive(Default)]
enum Inner {
    #[default]
    Empty,
    Full(Bytes),
    /// A response body of the default transport, which is boxed already.
    Transport(TransportBody),
    Stream(UnsyncBoxBody<Bytes, BoxError>),
    /// Several bodies, one after the other.
    #[cfg_attr(not(feature = "multipart"), allow(dead_code, reason = "only forms are chains"))]
    Chain(VecDeque<Body>),
    /// A body that can be made again, and the one that is being sent.
    Repeatable(Make, Box<Body>),
    /// A body that somebody observes.
    Observed(Box<ObservedBody<Body>>),
}

type Make = Arc<dyn Fn() -> Body + Send + Sync>;

/// What it takes to send a body again.
pub(crate) enum Replay {
    Bytes(Bytes),
    Make(Make),
    Chain(Vec<Self>),
}

impl Replay {
    pub(crate) fn body(&self) -> Body {
        match self {
            Self::Bytes(bytes) if bytes.is_empty() => Body::empty(),
            Self::Bytes(bytes) => bytes.clone().into(),
            Self::Make(make) => Body(Inner::Repeatable(Arc::clone(make), Box::new(make()))),
            Self::Chain(bodies) => Body(Inner::Chain(bodies.iter().map(Self::body).collect())),
        }
    }
}

impl Body {
    pub(crate) const NO_BYTES: &Bytes = {
        static EMPTY: Bytes = Bytes::new();
        &EMPTY
    };

    /// Returns an empty body.
    #[must_use]
    pub const fn empty() -> Self {
        Self(Inner::Empty)
    }

    /// Wraps any other body, which is read as it arrives.
    pub fn wrap<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        Self(Inner::Stream(body.map_err(Into::into).boxed_unsync()))
    }

    /// Wraps any other body, but for one of this type, which stays as it is. A body in memory remains one.
    pub(crate) fn from_any<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        let mut body = Some(body);
        match (&mut body as &mut dyn Any).downcast_mut::<Option<Self>>() {
            Some(ours) => ours.take().unwrap_or_default(),
            None => body.map(Self::wrap).unwrap_or_default(),
        }
    }

    pub(crate) fn from_transport(body: TransportBody) -> Self {
        Self(Inner::Transport(body))
    }

    /// Wraps a body that is not in memory. What it takes to send it again does not include the observer.
    pub(crate) fn observed_by(self, observer: impl ObserveBody + 'static) -> Self {
        Self(Inner::Observed(Box::new(ObservedBody::new(self, Box::new(observer)))))
    }

    /// Says that nothing more of this body will be read, because of this error or because its content has ended.
    #[cfg(feature = "stream")]
    pub(crate) fn end(&mut self, error: Option<&Error>) {
        if let Inner::Observed(body) = &mut self.0 {
            body.end(error);
        }
    }

    /// Returns the bytes, if they are in memory.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Inner::Empty => Some(Self::NO_BYTES),
            Inner::Full(bytes) => Some(bytes),
            Inner::Transport(_) | Inner::Stream(_) | Inner::Chain(_) | Inner::Repeatable(..) | Inner::Observed(_) => {
                None
            }
        }
    }

    /// Builds a body that is made again each time it is sent, so that redirects can be followed and attempts repeated.
    ///
    /// ```
    /// use kestra_auth::Body;
    ///
    /// let body = Body::repeatable(|| Body::wrap(Body::from("from anywhere")));
    /// ```
    pub fn repeatable(make: impl Fn() -> Self + Send + Sync + 'static) -> Self {
        let first = Box::new(make());
        Self(Inner::Repeatable(Arc::new(make), first))
    }

    #[cfg(feature = "multipart")]
    pub(crate) fn chain(bodies: Vec<Self>) -> Self {
        Self(Inner::Chain(bodies.into()))
    }

    /// Clones the body, if it can be sent again: bytes, [repeatable](Self::repeatable) bodies, and forms of such parts.
    ///
    /// The clone starts at the beginning, so a body is cloned before it is read. A layer repeats a request with it:
    ///
    /// ```
    /// use kestra_auth::{Body, http};
    ///
    /// fn try_clone(request: &http::Request<Body>) -> Option<http::Request<Body>> {
    ///     let body = request.body().try_clone()?;
    ///     let mut clone = http::Request::new(body);
    ///     *clone.method_mut() = request.method().clone();
    ///     *clone.uri_mut() = request.uri().clone();
    ///     *clone.headers_mut() = request.headers().clone();
    ///     *clone.extensions_mut() = request.extensions().clone();
    ///     Some(clone)
    /// }
    /// # let request = http::Request::new(Body::from("again"));
    /// # assert_eq!(try_clone(&request).unwrap().body().as_bytes().unwrap(), "again");
    /// ```
    #[must_use]
    pub fn try_clone(&self) -> Option<Self> {
        self.replay().map(|replay| replay.body())
    }

    /// Returns what it takes to send this body again, if that is possible.
    ///
    /// This is called for each request and used for few, so it does not make a repeatable body yet.
    pub(crate) fn replay(&self) -> Option<Replay> {
        match &self.0 {
            Inner::Empty => Some(Replay::Bytes(Bytes::new())),
            Inner::Full(bytes) => Some(Replay::Bytes(bytes.clone())),
            Inner::Chain(bodies) => bodies.iter().map(Self::replay).collect::<Option<_>>().map(Replay::Chain),
            Inner::Repeatable(make, _) => Some(Replay::Make(Arc::clone(make))),
            Inner::Observed(body) => body.inner().replay(),
            Inner::Transport(_) | Inner::Stream(_) => None,
        }
    }

    /// Returns the bytes of a body that has been read into memory.
    pub(crate) fn into_bytes(self) -> Bytes {
        match self.0 {
            Inner::Full(bytes) => bytes,
            Inner::Empty
            | Inner::Transport(_)
            | Inner::Stream(_)
            | Inner::Chain(_)
            | Inner::Repeatable(..)
            | Inner::Observed(_) => Bytes::new(),
        }
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        match &mut self.0 {
            Inner::Empty => Poll::Ready(None),
            Inner::Full(bytes) => {
                let bytes = std::mem::take(bytes);
                self.0 = Inner::Empty;
                Poll::Ready((!bytes.is_empty()).then(|| Ok(Frame::data(bytes))))
            }
            Inner::Transport(body) => Pin::new(body).poll_frame(cx),
            Inner::Stream(body) => {
                let frame = ready!(Pin::new(body).poll_frame(cx));
                Poll::Ready(frame.map(|frame| frame.map_err(from_body)))
            }
            Inner::Chain(bodies) => loop {
                let Some(body) = bodies.front_mut() else { return Poll::Ready(None) };
                match ready!(Pin::new(body).poll_frame(cx)) {
                    Some(frame) => return Poll::Ready(Some(frame)),
                    None => drop(bodies.pop_front()),
                }
            },
            Inner::Repeatable(_, body) => Pin::new(&mut **body).poll_frame(cx),
            Inner::Observed(body) => body.poll_frame(cx),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Inner::Empty => true,
            Inner::Full(bytes) => bytes.is_empty(),
            Inner::Transport(body) => body.is_end_stream(),
            Inner::Stream(body) => body.is_end_stream(),
            Inner::Chain(bodies) => bodies.iter().all(Self::is_end_stream),
            Inner::Repeatable(_, body) => body.is_end_stream(),
            Inner::Observed(body) => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Inner::Empty => SizeHint::with_exact(0),
            Inner::Full(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Inner::Transport(body) => body.size_hint(),
            Inner::Stream(body) => body.size_hint(),
            Inner::Chain(bodies) => {
                // One body of unknown length makes the length of all unknown.
                let sizes: Option<u64> = bodies.iter().map(|body| body.size_hint().exact()).sum();
                sizes.map_or_else(SizeHint::default, SizeHint::with_exact)
            }
            Inner::Repeatable(_, body) => body.size_hint(),
            Inner::Observed(body) => body.size_hint(),
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self(Inner::Full(bytes))
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static [u8]> for Body {
    fn from(bytes: &'static [u8]) -> Self {
        Bytes::from_static(bytes).into()
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        Bytes::from_static(text.as_bytes()).into()
    }
}

/// Shows the size, because the body may be secret.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = http_body::Body::size_hint(self).exact();
        f.debug_struct("Body").field("size", &size).finish_non_exhaustive()
    }
}
