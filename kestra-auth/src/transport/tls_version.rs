//! Versions of TLS.

/// A version of TLS, for [`ClientBuilder::min_tls_version`](crate::ClientBuilder::min_tls_version).
///
/// Older versions than these [must not be used](https://www.rfc-editor.org/rfc/rfc8996).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum TlsVersion {
    /// TLS 1.2 ([RFC 5246](https://www.rfc-editor.org/rfc/rfc5246)).
    V1_2,
    /// TLS 1.3 ([RFC 8446](https://www.rfc-editor.org/rfc/rfc8446)).
    V1_3,
}

impl TlsVersion {
    pub(crate) const fn into_reqwest(self) -> reqwest::tls::Version {
        match self {
            Self::V1_2 => reqwest::tls::Version::TLS_1_2,
            Self::V1_3 => reqwest::tls::Version::TLS_1_3,
        }
    }
}
