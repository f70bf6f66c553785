//! The headers of a call, which several levels can set.
//!
//! What is hard here: another attempt and a redirect need the headers that the transport has taken with the first
//! request. Few calls get that far, so the headers are not cloned for each call, but put together once more.

use std::mem;
use std::sync::Arc;

use http::header::{ACCEPT, AUTHORIZATION};
use http::{HeaderMap, HeaderName, HeaderValue};

use super::authentication;
use crate::client::options::CallOptions;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::{headers, unique};

/// What the headers of a call are put together from.
pub(crate) struct HeaderLevels {
    /// The headers of the parameters and the options.
    narrow: HeaderMap,
    endpoint: &'static Endpoint,
    /// The headers of the client.
    defaults: Arc<HeaderMap>,
    /// The media types that the result can be read from.
    accept: &'static str,
    /// Whether an `Authorization` header of a wider level is left out.
    drops_authorization: bool,
}

impl HeaderLevels {
    /// Returns the levels of a call and its headers. `narrow` are those of the parameters.
    ///
    /// # Errors
    /// If there are too many headers, or the endpoint has an invalid one.
    pub(super) fn merge(
        mut narrow: HeaderMap,
        options: Option<&CallOptions>,
        endpoint: &'static Endpoint,
        defaults: &Arc<HeaderMap>,
        accept: &'static str,
    ) -> Result<(Self, HeaderMap), Error> {
        let is_anonymous = authentication::is_anonymous(endpoint, options);
        let mut keeps_authorization = is_anonymous && headers::contains(&narrow, &AUTHORIZATION);
        if let Some(options) = options {
            headers::fill(&mut narrow, &options.headers).map_err(Error::build)?;
            // Options that are anonymous and have the header say both at the same level.
            keeps_authorization |= !endpoint.is_anonymous() && headers::contains(&options.headers, &AUTHORIZATION);
        }
        let mut levels = Self {
            // Most calls have no such headers.
            narrow: if narrow.is_empty() { HeaderMap::new() } else { narrow.clone() },
            endpoint,
            defaults: Arc::clone(defaults),
            accept,
            drops_authorization: is_anonymous && !keeps_authorization,
        };
        let mut headers = levels.complete(narrow)?;
        if let Some(name) = endpoint.idempotency_header() {
            levels.add_idempotency_key(&mut headers, &HeaderName::from_static(name), options);
        }
        Ok((levels, headers))
    }

    /// Puts the headers together once more.
    ///
    /// # Errors
    /// As [`merge`](Self::merge).
    pub(super) fn merge_again(mut self) -> Result<HeaderMap, Error> {
        let narrow = mem::take(&mut self.narrow);
        self.complete(narrow)
    }

    /// Adds the headers of the wider levels. Each adds what the narrower ones do not have.
    fn complete(&self, mut headers: HeaderMap) -> Result<HeaderMap, Error> {
        // The macro has merged the headers of method and trait.
        headers::fill_constant(&mut headers, self.endpoint.headers()).map_err(Error::build)?;
        headers::fill(&mut headers, &self.defaults).map_err(Error::build)?;
        if self.drops_authorization {
            // A wider level has set it, for calls that are not anonymous.
            headers.remove(AUTHORIZATION);
        }
        if !headers::contains(&headers, &ACCEPT) {
            headers.insert(ACCEPT, headers::constant_value("accept", self.accept).map_err(Error::build)?);
        }
        headers::mark_credentials(&mut headers);
        Ok(headers)
    }

    /// Adds one key for all attempts of the call, so that the server recognizes a repeated request
    /// ([draft-ietf-httpapi-idempotency-key-header](https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/)).
    fn add_idempotency_key(&mut self, headers: &mut HeaderMap, name: &HeaderName, options: Option<&CallOptions>) {
        if headers::contains(headers, name) {
            return;
        }
        let given = options.and_then(|options| options.idempotency_key.clone());
        // Hex digits are always a valid value.
        if let Some(key) = given.or_else(|| HeaderValue::try_from(unique::token()).ok()) {
            self.narrow.insert(name, key.clone());
            headers.insert(name, key);
        }
    }
}
