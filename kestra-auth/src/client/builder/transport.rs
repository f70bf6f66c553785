//! The settings of the default transport.

use super::ClientBuilder;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
use crate::error::Error;
use crate::transport::reqwest;
use crate::transport::reqwest_clients::Setting;

/// The default transport.
impl ClientBuilder {
    /// Configures the default transport: proxies, certificates, HTTP versions, TLS backends.
    ///
    /// Several closures are applied in the order in which they are added, and each may be called several times, because
    /// there is more than one reqwest client. Redirects, the `Referer` header and retries stay off, because this crate
    /// follows redirects itself, with stricter rules, and sends nothing twice. Requests to this machine (`localhost`,
    /// 127.0.0.0/8 and `[::1]`) are never sent through a proxy.
    ///
    /// Default headers stay at the origin of the base URL. For other origins, a closure that sets them is left out; if
    /// it sets something else, too, requests to other origins fail. [`header`](Self::header) has no such limits.
    pub fn reqwest(
        self,
        configure: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Clone + Send + 'static,
    ) -> Self {
        self.set_transport("a closure of `ClientBuilder::reqwest`", configure)
    }

    /// Trusts the authorities of these certificates, in PEM form, in addition to those that the system trusts.
    ///
    /// This has an effect on the default transport only. Malformed certificates are reported by [`build`](Self::build).
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub fn root_certificates_pem(mut self, pem: impl AsRef<[u8]>) -> Self {
        match reqwest::Certificate::from_pem_bundle(pem.as_ref()) {
            Ok(certificates) if !certificates.is_empty() => {
                self.set_transport("the root certificates", |builder| builder.tls_certs_merge(certificates))
            }
            _ => {
                self.report(Error::build("invalid root certificates: expected certificates in PEM form"));
                self
            }
        }
    }

    /// Sets the certificate that identifies the caller, followed by its private key, in PEM form.
    ///
    /// This has an effect on the default transport only. A malformed identity is reported by [`build`](Self::build).
    #[cfg(feature = "rustls")]
    pub fn client_identity_pem(mut self, pem: impl AsRef<[u8]>) -> Self {
        if let Ok(identity) = reqwest::Identity::from_pem(pem.as_ref()) {
            return self.set_transport("the client identity", |builder| builder.identity(identity));
        }
        self.report(Error::build("invalid client identity: expected a certificate and its private key in PEM form"));
        self
    }

    fn set_transport(
        mut self,
        label: &'static str,
        configure: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Clone + Send + 'static,
    ) -> Self {
        self.settings.push(Setting { label, configure: Box::new(configure) });
        self
    }
}
