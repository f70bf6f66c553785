//! The authentication endpoints of Kestra 1.x
//! ([API reference](https://kestra.io/docs/api-reference)).

use kestra_auth_macros::api;
use serde_json::Value;

use super::models::{AuthMethods, InvitationUserRequest, ResetPasswordRequest};
use crate::error::Error;

/// The base URL of a Kestra server that runs on this machine, on port 80.
pub const DEFAULT_BASE: &str = "http://localhost";

/// Kestra's authentication endpoints.
///
/// None of them requires a credential, and none is sent unless the client has one.
///
/// ```no_run
/// # async fn example() -> Result<(), kestra_auth::Error> {
/// use kestra_auth::{AuthApi, AuthApiClient, Client, DEFAULT_BASE};
///
/// let auth = AuthApiClient::new(Client::builder(DEFAULT_BASE).build()?);
/// let methods = auth.index().await?;
/// println!("password login: {:?}", methods.login_password);
/// # Ok(())
/// # }
/// ```
#[cfg_attr(kestra_auth_contract, api(openapi(path = "openapi/kestra-1.yaml", tag = "Auths", complete)))]
#[cfg_attr(not(kestra_auth_contract), api)]
pub trait AuthApi {
    /// Returns the authentication methods of the server.
    ///
    /// # Errors
    /// If the server cannot be reached, or responds with an error or with anything but authentication methods.
    #[get("/api/v1/auths")]
    async fn index(&self) -> Result<AuthMethods, Error>;

    /// Accepts an invitation with an existing account. The result is a JSON object, or `null` if the response is empty.
    ///
    /// # Errors
    /// If the server cannot be reached or responds with an error. Nothing is sent if the invitation id is empty, `.` or
    /// `..`.
    #[post("/api/v1/invitation/accept/{invitation_id}")]
    async fn accept_invitation(&self, invitation_id: &str) -> Result<Value, Error>;

    /// Creates an account for an invitation. `user` is the basic information for it. The result is a JSON object, or
    /// `null` if the response is empty.
    ///
    /// # Errors
    /// If the server cannot be reached or responds with an error. Nothing is sent if the invitation id is empty, `.` or
    /// `..`.
    #[post("/api/v1/invitation/create/{invitation_id}")]
    async fn create_from_invitation(
        &self,
        invitation_id: &str,
        #[json] user: &InvitationUserRequest,
    ) -> Result<Value, Error>;

    /// Sends an e-mail to reset a password.
    ///
    /// The status is 200 whether the user exists or not, so as not to reveal it. Although the request is a GET, it has
    /// an effect, so it is never retried.
    ///
    /// # Errors
    /// If the server cannot be reached or responds with an error.
    #[get("/api/v1/forgotten-password", retry = "never")]
    async fn forgotten_password(&self, #[query] username: &str) -> Result<Value, Error>;

    /// Requests an authentication code for logging in, which is sent by e-mail.
    ///
    /// Although the request is a GET, it has an effect, so it is never retried.
    ///
    /// # Errors
    /// If the server cannot be reached or responds with an error. Nothing is sent if the address is empty, `.` or `..`.
    #[get("/api/v1/request-code/{email}", retry = "never")]
    async fn request_code(&self, email: &str) -> Result<Value, Error>;

    /// Changes the password of the user that the token was sent to.
    ///
    /// A password that does not match the password policy does not use up the token.
    ///
    /// # Errors
    /// If the server cannot be reached or responds with an error, such as for a password that does not match the
    /// password policy.
    #[post("/api/v1/reset-password")]
    async fn reset_password(&self, #[json] reset: &ResetPasswordRequest) -> Result<Value, Error>;
}
