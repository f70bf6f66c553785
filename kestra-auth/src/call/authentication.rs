//! The credential of a call. This file chooses it, checks that it may be sent, and attaches it.

use http::HeaderMap;
use http::header::AUTHORIZATION;

use crate::client::base_url::BaseUrl;
use crate::client::credential::Credential;
use crate::client::options::{CallOptions, CredentialOption};
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::headers;

/// The credential of one call, or none.
#[derive(Clone)]
pub(crate) struct Authentication(Option<Credential>);

impl Authentication {
    /// Attaches nothing.
    pub(crate) const NONE: Self = Self(None);

    /// Chooses the credential. The endpoint decides before the options, and these decide before the client.
    ///
    /// # Errors
    /// If the credential must not be sent to the base URL.
    pub(crate) fn choose(
        endpoint: &Endpoint,
        options: Option<&CallOptions>,
        of_client: Option<&Credential>,
        base: &BaseUrl,
        allow_plain_http: bool,
    ) -> Result<Self, Error> {
        let credential = match options.and_then(|options| options.credential.as_ref()) {
            Some(CredentialOption::Anonymous) => None,
            Some(CredentialOption::Replace(credential)) => {
                check_confidential(base, allow_plain_http)?;
                Some(credential)
            }
            // `ClientBuilder` and `Client` have checked this one.
            None => of_client,
        };
        Ok(Self(credential.filter(|_| !endpoint.is_anonymous()).cloned()))
    }

    /// Attaches the credential to a request for `url`.
    ///
    /// It is not attached outside the origin of the base URL, where it would tell another server who the caller is,
    /// and not if a parameter or an option has set its header, because these are narrower levels.
    pub(crate) fn attach(&self, headers: &mut HeaderMap, url: &str, base: &BaseUrl) {
        if let Some(credential) = &self.0
            && base.is_home(url)
            && !headers::contains(headers, credential.name())
        {
            headers.insert(credential.name(), credential.value().clone());
        }
    }
}

/// Returns whether the call is made in nobody's name.
pub(super) fn is_anonymous(endpoint: &Endpoint, options: Option<&CallOptions>) -> bool {
    endpoint.is_anonymous()
        || options.is_some_and(|options| matches!(options.credential, Some(CredentialOption::Anonymous)))
}

/// Treats credentials that are given as headers like those that are given as credentials.
///
/// # Errors
/// If an `Authorization` header must not be sent to the base URL.
pub(super) fn protect_headers(headers: &mut HeaderMap, base: &BaseUrl, allow_plain_http: bool) -> Result<(), Error> {
    if headers::contains(headers, &AUTHORIZATION) {
        check_confidential(base, allow_plain_http)?;
    }
    headers::mark_credentials(headers);
    Ok(())
}

/// Checks that nobody on the way to the base URL can read a credential, or that the caller accepts this.
///
/// # Errors
/// If the base URL uses plain http and is not on this machine.
pub(crate) fn check_confidential(base: &BaseUrl, allow_plain_http: bool) -> Result<(), Error> {
    if base.is_confidential() || allow_plain_http {
        return Ok(());
    }
    Err(Error::build(
        "the credential would be sent over plain http, where everyone on the way to the server can read it: use \
         https, or accept this with `ClientBuilder::allow_plain_http`",
    ))
}
