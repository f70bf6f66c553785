//! At which step a call failed.

use std::fmt;

/// The step at which a call failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client or the request could not be built. Nothing was sent.
    Build,
    /// The [`CredentialSource`](crate::CredentialSource) of the client failed.
    Credential,
    /// The connection could not be established, or it failed before a response arrived.
    Connect,
    /// What arrived is not an HTTP response.
    Protocol,
    /// A time limit was exceeded.
    Timeout,
    /// The server responded with a redirect that is not followed.
    Redirect,
    /// The server responded with a status that is not a success.
    Status,
    /// The response is not what the endpoint's result type expects.
    Decode,
    /// A body failed: the response's could not be read to its end or exceeds its limit, or the request's could not be
    /// produced.
    Body,
    /// A layer, or a transport other than the default one, failed.
    Layer,
    /// A test double does not implement the endpoint.
    Unimplemented,
}

impl ErrorKind {
    /// Returns whether errors of this kind usually follow a request that the server may have seen.
    pub(super) const fn may_have_reached_server(self) -> bool {
        !matches!(self, Self::Build | Self::Credential | Self::Connect | Self::Unimplemented)
    }
}

/// Why a connection or a body failed, where that decides what can be done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    Dns,
    Tls,
    /// The connection had been used before, and was lost before a response arrived.
    UsedConnectionLost,
    /// The body of the response broke off.
    Truncated,
}

/// Writes the kind as one lower-case word, for logs and metrics.
impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Build => "build",
            Self::Credential => "credential",
            Self::Connect => "connect",
            Self::Protocol => "protocol",
            Self::Timeout => "timeout",
            Self::Redirect => "redirect",
            Self::Status => "status",
            Self::Decode => "decode",
            Self::Body => "body",
            Self::Layer => "layer",
            Self::Unimplemented => "unimplemented",
        })
    }
}
