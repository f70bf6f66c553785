//! The credential of a call. This file chooses it, checks that it may be sent, and attaches it.

use http::HeaderMap;
use http::header::AUTHORIZATION;
use url::Url;

use super::client_state::ClientCredential;
use crate::client::base_url::BaseUrl;
use crate::client::credential::Credential;
use crate::client::credential::cache::Issued;
use crate::client::options::{CallOptions, CredentialOption};
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::headers;

/// The credential of one call, or none.
#[derive(Clone)]
pub(crate) struct Authentication(Option<ClientCredential>);

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
        of_client: Option<&ClientCredential>,
        base: &BaseUrl,
        allow_plain_http: bool,
    ) -> Result<Self, Error> {
        if is_anonymous(endpoint, options) {
            return Ok(Self::NONE);
        }
        if let Some(CredentialOption::Replace(credential)) = options.and_then(|options| options.credential.as_ref()) {
            check_confidential(base, allow_plain_http)?;
            return Ok(Self(Some(ClientCredential::Fixed(credential.clone()))));
        }
        // `ClientBuilder` and `Client` have checked this one.
        Ok(Self(of_client.cloned()))
    }

    /// Attaches the credential to a request for `url`. Returns the URL if the credential is in it, and the credential
    /// if a source has issued it.
    ///
    /// It is not attached outside the origin of the base URL, where it would tell another server who the caller is,
    /// and not if a parameter or an option has set its header, because these are narrower levels.
    ///
    /// # Errors
    /// If the source fails.
    pub(crate) async fn attach(
        &self,
        headers: &mut HeaderMap,
        url: &str,
        base: &BaseUrl,
    ) -> Result<(Option<String>, Option<Issued>), Error> {
        match &self.0 {
            Some(ClientCredential::Fixed(credential)) if base.is_home(url) => {
                Ok((credential.attach(headers, url), None))
            }
            Some(ClientCredential::Renewed(cache))
                if base.is_home(url) && !headers::contains(headers, &AUTHORIZATION) =>
            {
                let issued = cache.get().await.map_err(Error::credential)?;
                Ok((issued.credential.attach(headers, url), Some(issued)))
            }
            _ => Ok((None, None)),
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
