//! TLS for the transport on hyper, with the defaults of reqwest: the roots and the provider of the process.

use std::sync::Arc;

use hyper_rustls::HttpsConnector;
use rustls::ClientConfig;
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls_platform_verifier::Verifier;

use crate::error::Error;
use crate::transport::tls_version::TlsVersion;

/// What the settings say about TLS.
#[derive(Default)]
pub(super) struct TlsSettings {
    min_version: Option<TlsVersion>,
    roots: Vec<CertificateDer<'static>>,
    identity: Option<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>)>,
    is_http2_only: bool,
}

impl TlsSettings {
    pub(super) fn set_min_version(&mut self, version: TlsVersion) {
        self.min_version = Some(version);
    }

    /// Does not offer HTTP/1.1 to servers.
    pub(super) fn offer_http2_only(&mut self) {
        self.is_http2_only = true;
    }

    pub(super) fn add_roots(&mut self, pem: &[u8]) -> Result<(), Error> {
        let roots = certificates(pem).ok_or_else(invalid_roots)?;
        self.roots.extend(roots);
        Ok(())
    }

    pub(super) fn set_identity(&mut self, pem: &[u8]) -> Result<(), Error> {
        let key = PrivateKeyDer::from_pem_slice(pem).map_err(|_| invalid_identity())?;
        self.identity = Some((certificates(pem).ok_or_else(invalid_identity)?, key));
        Ok(())
    }
}

fn certificates(pem: &[u8]) -> Option<Vec<CertificateDer<'static>>> {
    CertificateDer::pem_slice_iter(pem).collect::<Result<_, _>>().ok()
}

fn invalid_roots() -> Error {
    Error::build("invalid root certificates: rejected by the transport")
}

fn invalid_identity() -> Error {
    Error::build("invalid client identity: rejected by the transport")
}

/// The configuration of TLS.
pub(super) struct Tls {
    server: Arc<ClientConfig>,
    /// That of a proxy that makes tunnels, which speaks HTTP/1.1.
    proxy: Arc<ClientConfig>,
}

impl Tls {
    pub(super) fn new(settings: TlsSettings) -> Result<Self, Error> {
        let protocols: &[&str] = if settings.is_http2_only { &["h2"] } else { &["h2", "http/1.1"] };
        let mut config = config(settings)?;
        let proxy = Arc::new(config.clone());
        config.alpn_protocols = protocols.iter().map(|protocol| (*protocol).into()).collect();
        Ok(Self { server: Arc::new(config), proxy })
    }

    /// Returns a connector that speaks TLS over the connections of another one.
    pub(super) fn secure<C>(&self, connector: C) -> HttpsConnector<C> {
        (connector, Arc::clone(&self.server)).into()
    }

    /// Returns a connector to a proxy, with or without TLS, depending on its scheme.
    pub(super) fn secure_proxy<C>(&self, connector: C) -> HttpsConnector<C> {
        (connector, Arc::clone(&self.proxy)).into()
    }
}

fn config(settings: TlsSettings) -> Result<ClientConfig, Error> {
    let unusable = |_| Error::build("the TLS library cannot be set up");
    let provider = CryptoProvider::get_default().cloned().unwrap_or_else(|| Arc::new(aws_lc_rs::default_provider()));
    let versions = match settings.min_version {
        Some(TlsVersion::V1_3) => &[&rustls::version::TLS13][..],
        Some(TlsVersion::V1_2) | None => rustls::ALL_VERSIONS,
    };
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_protocol_versions(versions)
        .map_err(unusable)?;
    let verifier = if settings.roots.is_empty() {
        Verifier::new(provider).map_err(unusable)?
    } else {
        with_roots(settings.roots, provider)?
    };
    let builder = builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier));
    match settings.identity {
        None => Ok(builder.with_no_client_auth()),
        Some((chain, key)) => builder.with_client_auth_cert(chain, key).map_err(|_| invalid_identity()),
    }
}

#[cfg(not(target_os = "android"))]
fn with_roots(roots: Vec<CertificateDer<'static>>, provider: Arc<CryptoProvider>) -> Result<Verifier, Error> {
    Verifier::new_with_extra_roots(roots, provider).map_err(|_| invalid_roots())
}

/// The verifier of Android trusts what the system trusts, and nothing else.
#[cfg(target_os = "android")]
fn with_roots(_: Vec<CertificateDer<'static>>, _: Arc<CryptoProvider>) -> Result<Verifier, Error> {
    Err(invalid_roots())
}
