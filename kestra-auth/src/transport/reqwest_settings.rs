//! What the settings of a transport are for reqwest.

use super::proxy::reqwest_proxy;
use super::settings::Setting;
use crate::error::Error;

/// Returns a builder that uses rustls if the feature is on. Otherwise, another crate of the build that turns on native-tls
/// would change the library, and with it the form of a client identity.
pub(super) fn new_builder() -> reqwest::ClientBuilder {
    let builder = reqwest::Client::builder();
    #[cfg(feature = "rustls")]
    let builder = builder.tls_backend_rustls();
    builder
}

/// Applies a setting to a builder.
pub(super) fn apply(setting: &Setting, builder: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, Error> {
    Ok(match setting {
        Setting::Proxy(None) => builder.no_proxy(),
        Setting::Proxy(Some(url)) => builder.no_proxy().proxy(reqwest_proxy(url)?),
        Setting::Addresses(hosts) => {
            hosts.iter().fold(builder, |builder, (host, addresses)| builder.resolve_to_addrs(host, addresses))
        }
        Setting::PoolIdleTimeout(timeout) => {
            let builder = builder.pool_idle_timeout(*timeout);
            if timeout.is_zero() { builder.pool_max_idle_per_host(0) } else { builder }
        }
        #[cfg(any(feature = "rustls", feature = "native-tls"))]
        Setting::Http2PriorKnowledge => builder.http2_prior_knowledge(),
        #[cfg(any(feature = "rustls", feature = "native-tls"))]
        Setting::MinTlsVersion(version) => builder.tls_version_min(version.into_reqwest()),
        #[cfg(any(feature = "rustls", feature = "native-tls"))]
        Setting::RootCertificates(pem) => builder.tls_certs_merge(certificates(pem)?),
        #[cfg(feature = "rustls")]
        Setting::ClientIdentity(pem) => builder.identity(identity(pem)?),
        Setting::Reqwest(closure) => closure.apply(builder)?,
    })
}

/// Parses certificates in PEM form.
#[cfg(any(feature = "rustls", feature = "native-tls"))]
pub(crate) fn certificates(pem: &[u8]) -> Result<Vec<reqwest::Certificate>, Error> {
    match reqwest::Certificate::from_pem_bundle(pem) {
        Ok(certificates) if !certificates.is_empty() => Ok(certificates),
        _ => Err(Error::build("invalid root certificates: expected certificates in PEM form")),
    }
}

/// Parses a certificate and its private key in PEM form.
#[cfg(feature = "rustls")]
pub(crate) fn identity(pem: &[u8]) -> Result<reqwest::Identity, Error> {
    let invalid = "invalid client identity: expected a certificate and its private key in PEM form";
    reqwest::Identity::from_pem(pem).map_err(|_| Error::build(invalid))
}
