//! The body of a request or an answer.

pub(crate) mod plan;
#[cfg(feature = "stream")]
mod stream;

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt;
use http_body_util::combinators::UnsyncBoxBody;
use secrecy::{ExposeSecret, SecretString};

use crate::error::conversion::{from_service, from_transport};
use crate::error::{BoxError, Error};

/// Bytes in memory, or as they come.
///
/// It is an [`http_body::Body`], and so goes through [tower](https://docs.rs/tower)'s and
/// [tower-http](https://docs.rs/tower-http)'s layers.
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
    /// The default transport's, which is boxed already.
    Transport(reqwest::Body),
    Stream(UnsyncBoxBody<Bytes, BoxError>),
    /// Several, one after the other.
    #[cfg_attr(not(feature = "multipart"), allow(dead_code, reason = "forms are made of pieces"))]
    Chain(VecDeque<Body>),
    /// One that can be made again, and what is being sent of it.
    Repeatable(Make, Box<Body>),
}

type Make = Arc<dyn Fn() -> Body + Send + Sync>;

/// A body to be had once more.
pub(crate) enum Again {
    Body(Body),
    Make(Make),
    Chain(Vec<Self>),
}

impl Again {
    pub(crate) fn body(self) -> Body {
        match self {
            Self::Body(body) => body,
            Self::Make(make) => Body(Inner::Repeatable(Arc::clone(&make), Box::new(make()))),
            Self::Chain(bodies) => Body(Inner::Chain(bodies.into_iter().map(Self::body).collect())),
        }
    }
}

impl Body {
    /// No body.
    #[must_use]
    pub const fn empty() -> Self {
        Self(Inner::Empty)
    }

    /// Any other body, as it comes.
    pub fn wrap<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        Self(Inner::Stream(body.map_err(Into::into).boxed_unsync()))
    }

    pub(crate) fn from_transport(body: reqwest::Body) -> Self {
        Self(Inner::Transport(body))
    }

    /// The bytes, if they are in memory.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&Bytes> {
        static EMPTY: Bytes = Bytes::new();
        match &self.0 {
            Inner::Empty => Some(&EMPTY),
            Inner::Full(bytes) => Some(bytes),
            Inner::Transport(_) | Inner::Stream(_) | Inner::Chain(_) | Inner::Repeatable(..) => None,
        }
    }

    /// A body that is made anew for each time that it is sent, so that a redirect or another attempt can send it
    /// again.
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

    /// What makes this body once more, if it can be had. Asked for before each request, and used for few: a
    /// repeatable body is not made before it is.
    pub(crate) fn again(&self) -> Option<Again> {
        match &self.0 {
            Inner::Empty => Some(Again::Body(Self::empty())),
            Inner::Full(bytes) => Some(Again::Body(bytes.clone().into())),
            Inner::Chain(bodies) => bodies.iter().map(Self::again).collect::<Option<_>>().map(Again::Chain),
            Inner::Repeatable(make, _) => Some(Again::Make(Arc::clone(make))),
            Inner::Transport(_) | Inner::Stream(_) => None,
        }
    }

    /// The bytes of a body that was read to its end.
    pub(crate) fn into_bytes(self) -> Bytes {
        match self.0 {
            Inner::Full(bytes) => bytes,
            Inner::Empty | Inner::Transport(_) | Inner::Stream(_) | Inner::Chain(_) | Inner::Repeatable(..) => {
                Bytes::new()
            }
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
            Inner::Transport(body) => {
                let frame = ready!(Pin::new(body).poll_frame(cx));
                Poll::Ready(frame.map(|frame| frame.map_err(|error| from_transport(&error))))
            }
            Inner::Stream(body) => {
                let frame = ready!(Pin::new(body).poll_frame(cx));
                Poll::Ready(frame.map(|frame| frame.map_err(from_service)))
            }
            Inner::Chain(bodies) => loop {
                let Some(body) = bodies.front_mut() else { return Poll::Ready(None) };
                match ready!(Pin::new(body).poll_frame(cx)) {
                    Some(frame) => return Poll::Ready(Some(frame)),
                    None => drop(bodies.pop_front()),
                }
            },
            Inner::Repeatable(_, body) => Pin::new(&mut **body).poll_frame(cx),
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
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Inner::Empty => SizeHint::with_exact(0),
            Inner::Full(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Inner::Transport(body) => body.size_hint(),
            Inner::Stream(body) => body.size_hint(),
            Inner::Chain(bodies) => {
                let sizes: Option<u64> = bodies.iter().map(|body| body.size_hint().exact()).sum();
                sizes.map_or_else(SizeHint::default, SizeHint::with_exact)
            }
            Inner::Repeatable(_, body) => body.size_hint(),
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

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        Bytes::from_static(text.as_bytes()).into()
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = http_body::Body::size_hint(self).exact();
        f.debug_struct("Body").field("size", &size).finish_non_exhaustive()
    }
}

/// What a raw body can be made of: `&str`, `String`, `&[u8]`, `Vec<u8>`, [`Bytes`], [`Body`], [`SecretString`], and
/// an `Option` of each, which is no body when it is `None`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a raw body",
    label = "not text, bytes or a stream",
    note = "a raw body is a `&str`, `String`, `&[u8]`, `Vec<u8>`, `Bytes` or `kestra_auth::Body`, or an `Option` of one",
    note = "write `#[json]` before the argument to send a value as JSON"
)]
pub trait IntoBody {
    /// The body, or none.
    fn into_body(self) -> Option<Body>;
}

macro_rules! into_body {
    ($($type:ty: $convert:expr;)*) => {$(
        impl IntoBody for $type {
            fn into_body(self) -> Option<Body> {
                let convert: fn($type) -> Body = $convert;
                Some(convert(self))
            }
        }
    )*};
}

into_body! {
    Body: |body| body;
    Bytes: Body::from;
    &Bytes: |bytes| bytes.clone().into();
    String: Body::from;
    &String: |text| text.clone().into();
    &str: |text| text.to_owned().into();
    Vec<u8>: Body::from;
    &Vec<u8>: |bytes| bytes.clone().into();
    &[u8]: |bytes| bytes.to_vec().into();
    &SecretString: |secret| secret.expose_secret().to_owned().into();
    SecretString: |secret| secret.expose_secret().to_owned().into();
}

impl<T: IntoBody> IntoBody for Option<T> {
    fn into_body(self) -> Option<Body> {
        self.and_then(T::into_body)
    }
}
