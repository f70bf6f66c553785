//! The client of hyper-util, and what the settings of a transport are for it.

use std::sync::Arc;
use std::time::Duration;

use hyper_util::client::legacy::{Builder, Client};
use hyper_util::rt::{TokioExecutor, TokioTimer};

use super::connector::Connector;
use super::proxies::Proxies;
use super::resolver::Resolver;
#[cfg(feature = "rustls")]
use super::tls::{Tls, TlsSettings};
use crate::error::Error;
use crate::transport::settings::{Setting, Settings};
use crate::transport::upload::RequestBody;

/// A pool of connections.
pub(super) type HyperClient = Client<Connector, RequestBody>;

/// Builds a client, and the proxies that its connections pass.
pub(super) fn build(
    connect_timeout: Duration,
    read_timeout: Duration,
    settings: Settings,
) -> Result<(HyperClient, Arc<Proxies>), Error> {
    // As below reqwest, a request of which nothing has been written moves on from a connection that turns out to be
    // closed. That repeats nothing.
    let mut builder = Client::builder(TokioExecutor::new());
    builder.timer(TokioTimer::new()).pool_timer(TokioTimer::new());
    check_silent_connections(&mut builder, read_timeout);
    let (mut proxies, mut hosts) = (None, Vec::new());
    #[cfg(feature = "rustls")]
    let mut tls = TlsSettings::default();
    for setting in settings.into_iter() {
        match setting {
            Setting::Proxy(url) => proxies = Some(Proxies::new(url)),
            Setting::Addresses(addresses) => hosts = addresses,
            Setting::PoolIdleTimeout(timeout) => {
                builder.pool_idle_timeout(timeout);
                if timeout.is_zero() {
                    builder.pool_max_idle_per_host(0);
                }
            }
            #[cfg(any(feature = "rustls", feature = "native-tls"))]
            Setting::Http2PriorKnowledge => {
                builder.http2_only(true);
                #[cfg(feature = "rustls")]
                tls.offer_http2_only();
            }
            #[cfg(feature = "rustls")]
            Setting::MinTlsVersion(version) => tls.set_min_version(version),
            #[cfg(feature = "rustls")]
            Setting::RootCertificates(pem) => tls.add_roots(&pem)?,
            #[cfg(feature = "rustls")]
            Setting::ClientIdentity(pem) => tls.set_identity(&pem)?,
            // https needs rustls, and connecting reports that.
            #[cfg(all(feature = "native-tls", not(feature = "rustls")))]
            Setting::MinTlsVersion(_) | Setting::RootCertificates(_) => {}
            Setting::Reqwest(closure) => {
                return Err(Error::build(format!(
                    "`{}` cannot be combined with `ClientBuilder::hyper`, which does not use reqwest",
                    closure.method(),
                )));
            }
        }
    }
    let proxies = Arc::new(proxies.unwrap_or_else(Proxies::from_system));
    let connector = Connector::new(
        Resolver::new(hosts),
        #[cfg(feature = "rustls")]
        Tls::new(tls)?,
        Arc::clone(&proxies),
        connect_timeout,
    );
    Ok((builder.build(connector), proxies))
}

#[cfg(any(feature = "rustls", feature = "native-tls"))]
fn check_silent_connections(builder: &mut Builder, read_timeout: Duration) {
    let pings = crate::transport::settings::Pings::new(read_timeout);
    builder.http2_keep_alive_interval(pings.interval).http2_keep_alive_timeout(pings.timeout);
}

/// Without TLS, hyper is built without HTTP/2.
#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
fn check_silent_connections(_: &mut Builder, _: Duration) {}
