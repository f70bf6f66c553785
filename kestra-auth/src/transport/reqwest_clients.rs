//! The reqwest clients of a transport.
//!
//! What is hard here: reqwest decides for a whole client whether it uses a proxy and which headers it adds, and has no
//! getters. A request to this machine must not pass a proxy, and one to another origin must not carry the caller's
//! headers, so there are up to four clients with the same settings but for these two. All but the first one are built
//! when they are needed.

use std::sync::{Mutex, OnceLock};
use std::time::Duration;

use http::Extensions;
use url::Url;

use super::compression;
use super::reqwest_settings::{apply, new_builder};
use super::settings::{Setting, Settings};
use super::wire_request::PublicRequest;
use crate::client::base_url::{BaseUrl, is_loopback};
use crate::error::Error;

/// What the closures of the caller do to the default headers of reqwest. Where they differ, the greatest one counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum DefaultHeaders {
    /// They do not set any.
    None,
    /// Some closures set nothing else, and can be left out.
    Separable,
    /// A closure sets something else, too, such as a proxy, which cannot be left out.
    Inseparable,
}

/// The clients of one transport.
pub(crate) struct ReqwestClients {
    /// Locked to build a client only: closures are `Send`, but need not be `Sync`.
    settings: Mutex<Vec<(Setting, DefaultHeaders)>>,
    connect_timeout: Duration,
    read_timeout: Duration,
    /// Where the default headers of the closures may be sent.
    home: BaseUrl,
    default_headers: DefaultHeaders,
    /// The clients, by [`Variant::index`].
    clients: [OnceLock<reqwest::Client>; 4],
}

/// Which client sends a request.
#[derive(Clone, Copy)]
struct Variant {
    /// The request is for this machine.
    is_local: bool,
    /// The request must not carry anything of the caller's.
    is_public: bool,
}

impl Variant {
    fn index(self) -> usize {
        usize::from(self.is_local) + 2 * usize::from(self.is_public)
    }
}

impl ReqwestClients {
    /// Builds the client for the base URL, so that an invalid setting is reported now.
    pub(crate) fn new(
        base: &BaseUrl,
        connect_timeout: Duration,
        read_timeout: Duration,
        settings: Settings,
    ) -> Result<Self, Error> {
        let classify = |setting: Setting| {
            let default_headers = sets_default_headers(&setting)?;
            Ok((setting, default_headers))
        };
        let settings: Vec<_> = settings.into_iter().map(classify).collect::<Result<_, Error>>()?;
        let default_headers = settings.iter().map(|(_, sets)| *sets).max().unwrap_or(DefaultHeaders::None);
        let clients = Self {
            settings: Mutex::new(settings),
            connect_timeout,
            read_timeout,
            home: base.clone(),
            default_headers,
            clients: [const { OnceLock::new() }; 4],
        };
        let url = base.parse_url(base.as_str()).ok_or_else(super::wire_request::invalid_url)?;
        clients.for_request(&url, &Extensions::new())?;
        Ok(clients)
    }

    /// Returns the client for a request.
    pub(crate) fn for_request(&self, url: &Url, extensions: &Extensions) -> Result<&reqwest::Client, Error> {
        let is_public = self.default_headers != DefaultHeaders::None
            && (extensions.get::<PublicRequest>().is_some() || !self.home.is_home(url.as_str()));
        let variant = Variant { is_local: is_loopback(url), is_public };
        let client = &self.clients[variant.index()];
        if let Some(client) = client.get() {
            return Ok(client);
        }
        let built = self.build(variant)?;
        Ok(client.get_or_init(|| built))
    }

    /// Returns how long the server may be silent.
    pub(super) fn read_timeout(&self) -> Duration {
        self.read_timeout
    }

    fn build(&self, variant: Variant) -> Result<reqwest::Client, Error> {
        if variant.is_public && self.default_headers == DefaultHeaders::Inseparable {
            return Err(Error::build(
                "the default headers of a `reqwest` closure would be sent to another origin: set headers with \
                 `ClientBuilder::header`, or in a `reqwest` closure that sets nothing else",
            ));
        }
        // A panic of a closure does not change the closures.
        let settings = self.settings.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        // The read time limit is not reqwest's, which counts from the start of an upload.
        let mut builder = compression::configure(new_builder().connect_timeout(self.connect_timeout));
        builder = check_silent_connections(builder, self.read_timeout);
        for (setting, sets) in &*settings {
            if !variant.is_public || *sets == DefaultHeaders::None {
                builder = apply(setting, builder)?;
            }
        }
        if variant.is_local {
            // A proxy cannot reach this machine, and must not see what is meant for it.
            builder = builder.no_proxy();
        }
        // Set after the caller's closures, which must not turn them on again: reqwest would replay bodies to other
        // origins, change the method, send a `Referer` with the query, and send a request again that a server may
        // have processed.
        let never = reqwest::retry::never().max_retries_per_request(0);
        let builder = builder.redirect(reqwest::redirect::Policy::none()).referer(false).retry(never);
        builder.build().map_err(|_| invalid_setting(&settings))
    }
}

#[cfg(any(feature = "rustls", feature = "native-tls"))]
fn check_silent_connections(builder: reqwest::ClientBuilder, read_timeout: Duration) -> reqwest::ClientBuilder {
    let pings = super::settings::Pings::new(read_timeout);
    builder.http2_keep_alive_interval(pings.interval).http2_keep_alive_timeout(pings.timeout)
}

/// Without TLS, reqwest is built without HTTP/2.
#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
fn check_silent_connections(builder: reqwest::ClientBuilder, _: Duration) -> reqwest::ClientBuilder {
    builder
}

/// Says which setting reqwest rejects. The message of reqwest's error may quote it.
fn invalid_setting(settings: &[(Setting, DefaultHeaders)]) -> Error {
    let is_invalid = |setting: &&Setting| {
        let applied = apply(setting, new_builder());
        applied.is_ok_and(|builder| builder.build().is_err())
    };
    match settings.iter().map(|(setting, _)| setting).find(is_invalid) {
        Some(setting) => Error::build(format!("invalid {}: rejected by the transport", setting.name())),
        None => Error::build("the default transport cannot be set up"),
    }
}

fn sets_default_headers(setting: &Setting) -> Result<DefaultHeaders, Error> {
    let Setting::Reqwest(closure) = setting else { return Ok(DefaultHeaders::None) };
    let before = describe(&new_builder());
    let after = describe(&closure.apply(new_builder())?);
    Ok(match (before, after) {
        (Some((headers, _)), Some((same, _))) if headers == same => DefaultHeaders::None,
        (Some((_, others)), Some((_, same))) if others == same => DefaultHeaders::Separable,
        _ => DefaultHeaders::Inseparable,
    })
}

/// Returns the default headers of a builder and its other settings, as its `Debug` output shows them, which is the only
/// way to see them. `None` if the output does not have them, as with an unknown version of reqwest.
///
/// The two headers that every request sets, and which are therefore never added, are left out.
fn describe(builder: &reqwest::ClientBuilder) -> Option<(Vec<String>, Vec<String>)> {
    let text = format!("{builder:#?}");
    let mut lines = text.lines().map(str::to_owned);
    let mut others: Vec<_> = lines.by_ref().take_while(|line| line != "    default_headers: {").collect();
    // Values have no line breaks, so the first line with this indentation ends the headers.
    let headers: Vec<_> = lines.by_ref().take_while(|line| line != "    },").collect();
    let is_added = |line: &String| !["\"accept\":", "\"user-agent\":"].iter().any(|name| line.trim().starts_with(name));
    let added = headers.iter().filter(|line| is_added(line)).cloned().collect();
    others.extend(lines);
    (!headers.is_empty()).then_some((added, others))
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::*;
    use crate::transport::reqwest_closure::ReqwestClosure;

    fn kind(
        configure: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Clone + Send + 'static,
    ) -> DefaultHeaders {
        let closure = ReqwestClosure::new("ClientBuilder::reqwest", |builder| Ok::<_, Error>(configure(builder)));
        sets_default_headers(&Setting::Reqwest(closure)).unwrap()
    }

    #[test]
    fn recognizes_closures_that_set_default_headers() {
        let mut headers = HeaderMap::new();
        headers.insert("x-a", "},\n".trim().parse().unwrap());
        let proxy = || reqwest::Proxy::all("http://p.example").unwrap();
        assert_eq!(kind(|builder| builder), DefaultHeaders::None);
        assert_eq!(kind(|builder| builder.user_agent("a").pool_max_idle_per_host(1)), DefaultHeaders::None);
        assert_eq!(kind(move |builder| builder.proxy(proxy())), DefaultHeaders::None);
        let own = headers.clone();
        assert_eq!(kind(move |builder| builder.default_headers(own)), DefaultHeaders::Separable);
        assert_eq!(kind(move |builder| builder.default_headers(headers).proxy(proxy())), DefaultHeaders::Inseparable);
    }
}
