//! The authentication endpoints of Kestra 2.x.
//!
//! They differ from those of 1.x in two ways: [`forgotten_password`](AuthApi::forgotten_password) is a POST, and there are
//! endpoints for the user who is logged in. What Kestra's API reference does not describe further is a JSON value.

use kestra_auth_macros::api;
use secrecy::SecretString;
use serde_json::Value;

use super::models::{AuthMethods, ForgottenPasswordRequest, InvitationUserRequest, ResetPasswordRequest};
use crate::error::Error;

/// Kestra's authentication endpoints.
///
/// Those under `/me` require a credential: a user name and a password, or a token.
///
/// ```no_run
/// # async fn example() -> Result<(), kestra_auth::Error> {
/// use kestra_auth::Client;
/// use kestra_auth::v2::{AuthApi, AuthApiClient};
///
/// let client = Client::builder("https://kestra.example.com").bearer_token("token").build()?;
/// let me = AuthApiClient::new(client).me().await?;
/// println!("{me}");
/// # Ok(())
/// # }
/// ```
#[cfg_attr(kestra_auth_contract, api(openapi(path = "openapi/kestra-2.yaml", tag = "Auths", complete)))]
#[cfg_attr(not(kestra_auth_contract), api)]
pub trait AuthApi {
    /// Returns the authentication methods of the server.
    ///
    /// # Errors
    /// If the server cannot be reached, or responds with an error or with anything but authentication methods.
    #[get("/api/v1/auths")]
    async fn index(&self) -> Result<AuthMethods, Error>;

    /// Accepts an invitation with an existing account.
    ///
    /// # Errors
    /// If the server cannot be reached or responds with an error. Nothing is sent if the invitation id is empty, `.` or
    /// `..`.
    #[post("/api/v1/invitation/accept/{invitation_id}")]
    async fn accept_invitation(&self, invitation_id: &str) -> Result<Value, Error>;

    /// Creates an account for an invitation.
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

    /// Sends an e-mail to reset a password. The response is the same whether the user exists or not.
    ///
    /// # Errors
    /// If the server cannot be reached or responds with an error.
    #[post("/api/v1/forgotten-password")]
    async fn forgotten_password(&self, #[json] request: &ForgottenPasswordRequest) -> Result<Value, Error>;

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
    /// # Errors
    /// If the server cannot be reached or responds with an error, such as for a password that does not match the
    /// password policy.
    #[post("/api/v1/reset-password")]
    async fn reset_password(&self, #[json] reset: &ResetPasswordRequest) -> Result<Value, Error>;

    /// Validates a password against the password policy.
    ///
    /// # Errors
    /// If the server cannot be reached or rejects the password.
    #[post("/api/v1/validate-password")]
    async fn validate_password(&self, #[body("text/plain")] password: &SecretString) -> Result<(), Error>;

    /// Returns the user who is logged in.
    ///
    /// # Errors
    /// If the server cannot be reached or responds with an error, such as 401 without a credential.
    #[get("/api/v1/me")]
    async fn me(&self) -> Result<Value, Error>;

    /// Updates the details of the user who is logged in.
    ///
    /// # Errors
    /// If the server cannot be reached or responds with an error.
    #[patch("/api/v1/me")]
    async fn patch_me(&self, #[json] details: &Value) -> Result<Value, Error>;

    /// Returns the API tokens of the user who is logged in.
    ///
    /// # Errors
    /// If the server cannot be reached or responds with an error.
    #[get("/api/v1/me/api-tokens")]
    async fn list_api_tokens(&self) -> Result<Value, Error>;

    /// Creates an API token for the user who is logged in. Only this response contains the token.
    ///
    /// # Errors
    /// If the server cannot be reached or responds with an error.
    #[post("/api/v1/me/api-tokens")]
    async fn create_api_token(&self, #[json] token: &Value) -> Result<Value, Error>;

    /// Deletes an API token of the user who is logged in.
    ///
    /// # Errors
    /// If the server cannot be reached or responds with an error. Nothing is sent if the token id is empty, `.` or `..`.
    #[delete("/api/v1/me/api-tokens/{token_id}")]
    async fn delete_api_token(&self, token_id: &str) -> Result<(), Error>;
}
