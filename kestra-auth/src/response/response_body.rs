//! The forms in which a result type takes a response body.

use bytes::Bytes;

use crate::body::Body;

/// The form in which a [`FromResponse`](crate::FromResponse) type takes the body: [`Bytes`] for a body that is read
/// into memory, or [`Body`] for one that has not been read.
///
/// This trait is sealed: it cannot be implemented for other types.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the `Body` of a `FromResponse` implementation",
    label = "expected `Bytes` or `kestra_auth::Body`",
    note = "`bytes::Bytes` is the whole body, within the size limit; `kestra_auth::Body` is the body as it arrives"
)]
pub trait ResponseBody: sealed::TakeBody {}

impl ResponseBody for Bytes {}

impl ResponseBody for Body {}

pub(crate) mod sealed {
    use bytes::Bytes;

    use crate::body::Body;
    use crate::body::plan::Plan;

    #[expect(unnameable_types, reason = "seals `ResponseBody`")]
    pub trait TakeBody: Sized {
        /// Returns what is done with the body before `from_body`.
        fn plan() -> Plan;

        /// Takes a body that has been treated according to the plan.
        fn from_body(body: Body) -> Self;

        /// Returns the `Accept` header for a result type that declares `accept`.
        fn accept(accept: &'static str) -> &'static str {
            accept
        }

        /// Returns whether an optional result is `None` for this body.
        fn is_null(&self) -> bool {
            false
        }
    }

    impl TakeBody for Bytes {
        fn plan() -> Plan {
            Plan::Buffer
        }

        fn from_body(body: Body) -> Self {
            body.into_bytes()
        }
    }

    impl TakeBody for Body {
        fn plan() -> Plan {
            Plan::Stream
        }

        fn from_body(body: Body) -> Self {
            body
        }
    }
}
