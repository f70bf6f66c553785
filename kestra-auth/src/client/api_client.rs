//! What all generated clients have in common.

use std::sync::Arc;

use crate::client::options::CallOptions;

/// The clients that `#[api]` generates, and the `Arc<dyn …>` of a trait with `#[api(dyn)]`.
///
/// It is a trait, because an inherent method of a generated client would hide an endpoint of the same name.
pub trait ApiClient: Clone {
    /// Returns this client with options for all its calls, which override the options it has.
    ///
    /// Both clients share their connections.
    ///
    /// ```
    /// # fn main() -> Result<(), kestra_auth::Error> {
    /// # use kestra_auth::{AuthApiClient, Client};
    /// use std::time::Duration;
    /// use kestra_auth::{ApiClient, CallOptions};
    ///
    /// let auth = AuthApiClient::new(Client::builder("http://localhost").build()?);
    /// let hasty = auth.with_options(CallOptions::new().timeout(Duration::from_millis(200)));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Behind an `Arc<dyn …>` there can be something else than a client. A test double has no options and is returned
    /// as it is; a type that wraps a client forwards the trait's `try_with_options` to it.
    #[must_use]
    fn with_options(&self, options: CallOptions) -> Self;
}

/// The objects that `#[api(dyn)]` generates.
pub trait DynApi {
    /// Returns the object with options for all its calls, or `None` if it takes no options.
    fn __try_with_options(&self, options: CallOptions) -> Option<Arc<Self>>;
}

impl<D: DynApi + ?Sized> ApiClient for Arc<D> {
    fn with_options(&self, options: CallOptions) -> Self {
        D::__try_with_options(self, options).unwrap_or_else(|| Self::clone(self))
    }
}
