//! What kind of error it is.

use super::Error;
use super::kind::{Cause, ErrorKind};

impl Error {
    /// Returns the step at which the call failed.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns whether the client or the request could not be built. Nothing was sent.
    #[must_use]
    pub fn is_build(&self) -> bool {
        self.kind() == ErrorKind::Build
    }

    /// Returns whether the connection could not be established, or failed before a response arrived.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.kind() == ErrorKind::Connect
    }

    /// Returns whether the host name could not be resolved. Such an error [is a connect error](Self::is_connect), too.
    #[must_use]
    pub fn is_dns(&self) -> bool {
        self.0.cause == Some(Cause::Dns)
    }

    /// Returns whether TLS failed, for example because the server's certificate is not trusted. Such an error
    /// [is a connect error](Self::is_connect), too. Another attempt would fail in the same way.
    #[must_use]
    pub fn is_tls(&self) -> bool {
        self.0.cause == Some(Cause::Tls)
    }

    /// Returns whether what arrived is not an HTTP response.
    #[must_use]
    pub fn is_protocol(&self) -> bool {
        self.kind() == ErrorKind::Protocol
    }

    /// Returns whether the server may have received the request, and acted on it.
    ///
    /// If not, the call had no effect, and can be made again, whatever its method: the connection was refused, for
    /// example. A connection that was lost while the response was awaited leaves open what the server has done.
    ///
    /// ```
    /// use kestra_auth::Error;
    ///
    /// assert!(!Error::connect().may_have_reached_server());
    /// assert!(Error::timeout().may_have_reached_server());
    /// ```
    #[must_use]
    pub fn may_have_reached_server(&self) -> bool {
        self.0.may_have_reached_server
    }

    /// Returns whether a time limit was exceeded.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Timeout
    }

    /// Returns whether the server responded with a redirect that is not followed. Its `Location` is in
    /// [`headers`](Self::headers).
    #[must_use]
    pub fn is_redirect(&self) -> bool {
        self.kind() == ErrorKind::Redirect
    }

    /// Returns whether the server responded with a status that is not a success.
    #[must_use]
    pub fn is_status(&self) -> bool {
        self.kind() == ErrorKind::Status
    }

    /// Returns whether the response is not what the endpoint's result type expects.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        self.kind() == ErrorKind::Decode
    }

    /// Returns whether a body failed: the response's could not be read to its end or exceeds its limit, or the
    /// request's could not be produced.
    #[must_use]
    pub fn is_body(&self) -> bool {
        self.kind() == ErrorKind::Body
    }

    /// Returns whether a layer, or a transport other than the default one, failed. Its error is the
    /// [`source`](std::error::Error::source).
    #[must_use]
    pub fn is_layer(&self) -> bool {
        self.kind() == ErrorKind::Layer
    }

    /// Returns whether a test double does not implement the endpoint.
    #[must_use]
    pub fn is_unimplemented(&self) -> bool {
        self.kind() == ErrorKind::Unimplemented
    }

    /// Returns whether a connection was lost that had been used before, before a response arrived.
    pub(crate) fn lost_used_connection(&self) -> bool {
        self.0.cause == Some(Cause::UsedConnectionLost)
    }

    /// Returns whether the body of the response broke off.
    pub(crate) fn is_truncated(&self) -> bool {
        self.0.cause == Some(Cause::Truncated)
    }
}
