//! What went wrong in TLS, in words without values: certificates and alerts are made by the server.

use std::error::Error as StdError;

/// Describes the error of a TLS library. Returns `None` for any other error.
pub(super) fn describe(error: &(dyn StdError + 'static)) -> Option<&'static str> {
    #[cfg(feature = "rustls")]
    if let Some(error) = error.downcast_ref::<rustls::Error>() {
        return Some(describe_rustls(error));
    }
    #[cfg(feature = "native-tls")]
    if error.is::<native_tls::Error>() {
        return Some("the TLS handshake failed");
    }
    let _ = error;
    None
}

#[cfg(feature = "rustls")]
fn describe_rustls(error: &rustls::Error) -> &'static str {
    use rustls::CertificateError as Invalid;

    match error {
        rustls::Error::InvalidCertificate(reason) => match reason {
            Invalid::Expired | Invalid::ExpiredContext { .. } => "the certificate of the server has expired",
            Invalid::NotValidYet | Invalid::NotValidYetContext { .. } => {
                "the certificate of the server is not valid yet"
            }
            Invalid::NotValidForName | Invalid::NotValidForNameContext { .. } => {
                "the certificate of the server is for another host name"
            }
            Invalid::UnknownIssuer => "the certificate of the server is not trusted, because its issuer is unknown",
            Invalid::Revoked => "the certificate of the server has been revoked",
            _ => "the certificate of the server is not trusted",
        },
        rustls::Error::AlertReceived(_) => {
            "the server rejected the TLS connection, for example because it requires a client certificate"
        }
        _ => "the TLS handshake failed",
    }
}
