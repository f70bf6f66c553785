//! The settings of the default transport.

use std::net::SocketAddr;
use std::time::Duration;

use url::Host;
#[cfg(feature = "rustls")]
use zeroize::Zeroizing;

use super::{ClientBuilder, LONGEST_TIMEOUT};
use crate::error::{BoxError, Error};
use crate::transport::reqwest_closure::ReqwestClosure;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
use crate::transport::reqwest_settings::certificates;
#[cfg(feature = "rustls")]
use crate::transport::reqwest_settings::identity;
use crate::transport::settings::Setting;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
use crate::transport::tls_version::TlsVersion;
use crate::transport::{proxy, reqwest};

/// The default transport, on reqwest or on hyper. These settings have no effect with [`transport`](Self::transport).
impl ClientBuilder {
    /// Sends requests through a proxy, such as `http://user:password@proxy.example.com:3128`.
    ///
    /// The scheme is `http`, which is also the default, or `https`, if the connection to the proxy uses TLS. User and
    /// password are sent to the proxy only. An https request passes the proxy in a tunnel, where the proxy cannot read
    /// it.
    ///
    /// Requests to this machine (`localhost`, 127.0.0.0/8 and `[::1]`) are never sent through a proxy. All others are,
    /// whatever the environment says. Without this setting, the variables `http_proxy`, `https_proxy`, `all_proxy` and
    /// `no_proxy` of the environment decide for each request.
    ///
    /// ```
    /// # fn main() -> Result<(), kestra_auth::Error> {
    /// use kestra_auth::Client;
    ///
    /// let client = Client::builder("https://kestra.example.com").proxy("http://proxy.example.com:3128").build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn proxy(self, url: &str) -> Self {
        self.set_transport(Self::proxy_setting(url))
    }

    /// Sends no request through a proxy, whatever the environment says.
    pub fn no_proxy(self) -> Self {
        self.set_transport(Ok(Setting::Proxy(None)))
    }

    /// Connects to `address` for requests to `host`, without asking DNS. The host in URLs, headers and certificates stays
    /// the same.
    ///
    /// If the URL has no port, that of the address counts, and the default port of the scheme if that is zero. Several
    /// addresses of one host are tried in the order in which they are added. Behind a proxy, this has no effect, because
    /// the proxy looks up the host.
    ///
    /// ```
    /// # fn main() -> Result<(), kestra_auth::Error> {
    /// use kestra_auth::Client;
    ///
    /// let builder = Client::builder("https://kestra.example.com").resolve("kestra.example.com", ([10, 0, 0, 7], 8443));
    /// # builder.build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn resolve(mut self, host: &str, address: impl Into<SocketAddr>) -> Self {
        let address = address.into();
        match Host::parse(host) {
            // Requests to this machine may carry credentials over plain http.
            Ok(Host::Domain(name)) if name == "localhost" && !address.ip().is_loopback() => {
                self.report(Error::build("invalid address for `resolve`: `localhost` is always this machine"));
            }
            Ok(Host::Domain(name)) => self.settings.add_address(name, address),
            _ => self.report(Error::build("invalid host for `resolve`: expected a host name, without scheme and port")),
        }
        self
    }

    /// Sets how long an unused connection is kept open for later requests. The default is 90 seconds. With zero, each
    /// request has a connection of its own.
    ///
    /// A value below that of the server avoids requests on connections that the server is about to close.
    pub fn pool_idle_timeout(self, timeout: Duration) -> Self {
        self.set_transport(Ok(Setting::PoolIdleTimeout(timeout.min(LONGEST_TIMEOUT))))
    }

    /// Speaks HTTP/2 without asking the server whether it does, also over plain http. Servers that do not speak HTTP/2
    /// cannot be called then.
    ///
    /// Without this setting, HTTP/2 is used over TLS with servers that offer it.
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub fn http2_prior_knowledge(self) -> Self {
        self.set_transport(Ok(Setting::Http2PriorKnowledge))
    }

    /// Sets the oldest version of TLS that is accepted. The default is that of the TLS library, which is at least TLS 1.2
    /// for rustls.
    ///
    /// ```
    /// # fn main() -> Result<(), kestra_auth::Error> {
    /// use kestra_auth::{Client, TlsVersion};
    ///
    /// let client = Client::builder("https://kestra.example.com").min_tls_version(TlsVersion::V1_3).build()?;
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub fn min_tls_version(self, version: TlsVersion) -> Self {
        self.set_transport(Ok(Setting::MinTlsVersion(version)))
    }

    /// Trusts the authorities of these certificates, in PEM form, in addition to those that the system trusts.
    ///
    /// Malformed certificates are reported by [`build`](Self::build).
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub fn root_certificates_pem(self, pem: impl AsRef<[u8]>) -> Self {
        self.set_transport(Self::root_certificates(pem.as_ref().to_vec()))
    }

    /// Sets the certificate that identifies the caller, followed by its private key, in PEM form.
    ///
    /// A malformed identity is reported by [`build`](Self::build).
    #[cfg(feature = "rustls")]
    pub fn client_identity_pem(self, pem: impl AsRef<[u8]>) -> Self {
        let pem = Zeroizing::new(pem.as_ref().to_vec());
        self.set_transport(identity(&pem).map(|_| Setting::ClientIdentity(pem)))
    }

    /// Sends requests with hyper instead of reqwest, which takes about half of the instructions for each call.
    ///
    /// All other settings keep their meaning, and so do redirects, limits, proxies, compression and the kinds of errors.
    /// Only closures over reqwest's builder ([`reqwest`](Self::reqwest)) make no sense then, and [`build`](Self::build)
    /// rejects them. Without the feature `rustls`, an https URL is an error of kind [`Build`](crate::ErrorKind::Build),
    /// because `native-tls` is for reqwest only.
    ///
    /// ```
    /// # fn main() -> Result<(), kestra_auth::Error> {
    /// use kestra_auth::Client;
    ///
    /// let client = Client::builder("https://kestra.example.com").hyper().build()?;
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(feature = "hyper")]
    pub fn hyper(mut self) -> Self {
        self.uses_hyper = true;
        self
    }

    /// Configures reqwest, for settings that this type does not have.
    ///
    /// Closures and the other settings are applied in the order in which they are added, and each closure may be called
    /// several times, because there is more than one reqwest client. Redirects, the `Referer` header and retries stay
    /// off, because this crate follows redirects itself, with stricter rules, and repeats requests by the rules of [`retry`](Self::retry). Requests to this
    /// machine (`localhost`, 127.0.0.0/8 and `[::1]`) are never sent through a proxy.
    ///
    /// Default headers stay at the origin of the base URL. For other origins, a closure that sets them is left out; if
    /// it sets something else, too, requests to other origins fail. [`header`](Self::header) has no such limits.
    ///
    /// ```
    /// # fn main() -> Result<(), kestra_auth::Error> {
    /// use kestra_auth::Client;
    ///
    /// let builder = Client::builder("https://kestra.example.com").reqwest(|builder| builder.tcp_nodelay(false));
    /// # builder.build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn reqwest(
        self,
        configure: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Clone + Send + 'static,
    ) -> Self {
        let configure = |builder| Ok::<_, BoxError>(configure(builder));
        self.set_transport(Ok(Setting::Reqwest(ReqwestClosure::new("ClientBuilder::reqwest", configure))))
    }

    /// Configures reqwest with a closure that can fail. [`build`](Self::build) returns its error as the
    /// [`source`](std::error::Error::source) of an error of kind [`Build`](crate::ErrorKind::Build).
    ///
    /// An error of reqwest's is left out, because its message can contain a URL. Otherwise, this is
    /// [`reqwest`](Self::reqwest).
    ///
    /// ```
    /// # fn main() -> Result<(), kestra_auth::Error> {
    /// use kestra_auth::Client;
    ///
    /// let builder = Client::builder("https://kestra.example.com").try_reqwest(|builder| {
    ///     let address: std::net::IpAddr = "10.0.0.7".parse()?;
    ///     Ok::<_, std::net::AddrParseError>(builder.local_address(address))
    /// });
    /// # builder.build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn try_reqwest<E: Into<BoxError>>(
        self,
        configure: impl FnOnce(reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, E> + Clone + Send + 'static,
    ) -> Self {
        self.set_transport(Ok(Setting::Reqwest(ReqwestClosure::new("ClientBuilder::try_reqwest", configure))))
    }

    pub(super) fn proxy_setting(url: &str) -> Result<Setting, Error> {
        proxy::parse(url).map(|url| Setting::Proxy(Some(url)))
    }

    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub(super) fn root_certificates(pem: Vec<u8>) -> Result<Setting, Error> {
        certificates(&pem).map(|_| Setting::RootCertificates(pem))
    }

    fn set_transport(mut self, setting: Result<Setting, Error>) -> Self {
        match setting {
            Ok(setting) => self.settings.add(setting),
            Err(error) => self.report(error),
        }
        self
    }
}
