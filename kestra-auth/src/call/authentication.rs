//! The credential of a call. This file chooses it, checks that it may be sent, and attaches it.

use std::sync::Arc;

use http::HeaderMap;
use http::header::AUTHORIZATION;

use crate::client::base_url::BaseUrl;
use crate::client::credential::Credential;
use crate::client::credential::cache::{CredentialCache, Issued};
use crate::client::credential::default_credential::DefaultCredential;
use crate::client::options::{CallOptions, CredentialOption};
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::headers;

/// The credential of one call, or none.
#[derive(Clone)]
pub(crate) struct Authentication(Option<DefaultCredential>);

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
        of_client: Option<&DefaultCredential>,
        base: &BaseUrl,
        allow_plain_http: bool,
    ) -> Result<Self, Error> {
        if is_anonymous(endpoint, options) {
            return Ok(Self::NONE);
        }
        if let Some(CredentialOption::Replace(credential)) = options.and_then(|options| options.credential.as_ref()) {
            check_confidential(base, allow_plain_http)?;
            return Ok(Self(Some(DefaultCredential::Fixed(credential.clone()))));
        }
        // `ClientBuilder` and `Client` have checked this one.
        Ok(Self(of_client.cloned()))
    }

    /// Returns the credential for the next attempt, which a source may have to issue first.
    ///
    /// A call with an `Authorization` header of its own does not ask the source, because that is a narrower level.
    ///
    /// # Errors
    /// If the source fails.
    pub(super) async fn obtain(&self, headers: &HeaderMap) -> Result<CallCredential<'_>, Error> {
        match &self.0 {
            None => Ok(CallCredential::None),
            Some(DefaultCredential::Fixed(credential)) => Ok(CallCredential::Fixed(credential)),
            Some(DefaultCredential::Renewed(_)) if headers::contains(headers, &AUTHORIZATION) => {
                Ok(CallCredential::None)
            }
            // Boxed, because most calls have no source.
            Some(DefaultCredential::Renewed(cache)) => match Box::pin(cache.get()).await {
                Ok(issued) => Ok(CallCredential::Issued { cache, issued, is_renewed: false }),
                Err(cause) => Err(Error::credential(cause)),
            },
        }
    }
}

/// The credential of the attempts of a call.
pub(super) enum CallCredential<'a> {
    None,
    Fixed(&'a Credential),
    /// Comes from a source.
    Issued {
        cache: &'a CredentialCache,
        issued: Arc<Issued>,
        /// Whether it has replaced another one in this call.
        is_renewed: bool,
    },
}

impl CallCredential<'_> {
    pub(super) fn as_ref(&self) -> Option<&Credential> {
        match self {
            Self::None => None,
            Self::Fixed(credential) => Some(credential),
            Self::Issued { issued, .. } => Some(&issued.credential),
        }
    }

    /// Returns whether the credential comes from a source and has not been renewed in this call. A server that rejects
    /// the new one as well rejects the call for another reason.
    pub(super) fn is_renewable(&self) -> bool {
        matches!(self, Self::Issued { is_renewed: false, .. })
    }

    /// Renews a credential that the server has rejected. Returns whether there is another one to try.
    ///
    /// If the request cannot be repeated, the next call renews it.
    ///
    /// # Errors
    /// If the source fails.
    pub(super) async fn renew(&mut self, is_repeatable: bool) -> Result<bool, Error> {
        let Self::Issued { cache, issued, is_renewed } = self else { return Ok(false) };
        *is_renewed = true;
        if !is_repeatable {
            cache.reject(issued);
            return Ok(false);
        }
        let replacement = Box::pin(cache.replace(issued)).await.map_err(Error::credential)?;
        Ok(replacement.map(|replacement| *issued = replacement).is_some())
    }
}

/// Attaches a credential to a request for `url`. Returns the URL if the credential is in it.
///
/// It is not attached outside the origin of the base URL, where it would tell another server who the caller is, and not
/// if a parameter or an option has set its header, because these are narrower levels.
pub(super) fn attach(
    credential: Option<&Credential>,
    headers: &mut HeaderMap,
    url: &str,
    base: &BaseUrl,
) -> Option<String> {
    credential.filter(|_| base.is_home(url))?.attach(headers, url)
}

/// Returns whether the call is made in nobody's name.
pub(super) fn is_anonymous(endpoint: &Endpoint, options: Option<&CallOptions>) -> bool {
    endpoint.is_anonymous()
        || options.is_some_and(|options| matches!(options.credential, Some(CredentialOption::Anonymous)))
}

/// Checks a credential that is given as a header like one that is given as a credential.
///
/// # Errors
/// If an `Authorization` header must not be sent to the base URL.
pub(super) fn check_headers(headers: &HeaderMap, base: &BaseUrl, allow_plain_http: bool) -> Result<(), Error> {
    if headers::contains(headers, &AUTHORIZATION) { check_confidential(base, allow_plain_http) } else { Ok(()) }
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
