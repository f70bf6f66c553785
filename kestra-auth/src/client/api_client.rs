//! What all generated clients have in common.

use crate::client::Client;
use crate::client::options::CallOptions;

/// The clients that `#[api]` generates.
///
/// It is a trait, because an inherent method of a generated client would hide an endpoint of the same name.
pub trait ApiClient: Clone + AsRef<Client> {
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
    #[must_use]
    fn with_options(&self, options: CallOptions) -> Self {
        self.__with_client(self.as_ref().with_options(options))
    }

    #[doc(hidden)]
    #[must_use]
    fn __with_client(&self, client: Client) -> Self;
}
