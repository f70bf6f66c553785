//! The authentication endpoints of Kestra 2.x.
//!
//! Against 1.x, [`forgotten_password`](AuthApi::forgotten_password) is a POST, and there are the endpoints of the
//! user who is signed in. Models that are not described further are JSON objects.

use kestra_auth_macros::api;
use secrecy::SecretString;
use serde_json::Value;

use super::models::{AuthMethods, ForgottenPasswordRequest, InvitationUserRequest, ResetPasswordRequest};
use crate::error::Error;

/// Kestra's authentication endpoints.
///
/// Those under `/me` need a credential, user and password or a token.
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
    /// Retrieve list of authentication methods
    ///
    /// # Errors
    /// If the server cannot be reached, answers with an error, or with something else than authentication
    /// methods.
    #[get("/api/v1/auths")]
    async fn index(&self) -> Result<AuthMethods, Error>;

    /// Accept an invitation with an existing account.
    ///
    /// # Errors
    /// If the server cannot be reached or answers with an error. Nothing is sent for an invitation id that is
    /// empty, `.` or `..`.
    #[post("/api/v1/invitation/accept/{invitation_id}")]
    async fn accept_invitation(&self, invitation_id: &str) -> Result<Value, Error>;

    /// Create an account from an invitation.
    ///
    /// # Errors
    /// If the server cannot be reached or answers with an error. Nothing is sent for an invitation id that is
    /// empty, `.` or `..`.
    #[post("/api/v1/invitation/create/{invitation_id}")]
    async fn create_from_invitation(
        &self,
        invitation_id: &str,
        #[json] user: &InvitationUserRequest,
    ) -> Result<Value, Error>;

    /// Sends an email to reset a password. Whether the user name is found or not, the answer is the same.
    ///
    /// # Errors
    /// If the server cannot be reached or answers with an error.
    #[post("/api/v1/forgotten-password")]
    async fn forgotten_password(&self, #[json] request: &ForgottenPasswordRequest) -> Result<Value, Error>;

    /// Request an authentication code for login verification. It is a GET that sends an email, and so it is never
    /// sent again by itself.
    ///
    /// # Errors
    /// If the server cannot be reached or answers with an error. Nothing is sent for an email that is empty,
    /// `.` or `..`.
    #[get("/api/v1/request-code/{email}", retry = "never")]
    async fn request_code(&self, email: &str) -> Result<Value, Error>;

    /// Change a password for given token.
    ///
    /// # Errors
    /// If the server cannot be reached or answers with an error, as for a password that does not match its
    /// policy.
    #[post("/api/v1/reset-password")]
    async fn reset_password(&self, #[json] reset: &ResetPasswordRequest) -> Result<Value, Error>;

    /// Validate a password against the server's password policy.
    ///
    /// # Errors
    /// If the server cannot be reached or refuses the password.
    #[post("/api/v1/validate-password")]
    async fn validate_password(&self, #[body("text/plain")] password: &SecretString) -> Result<(), Error>;

    /// Retrieve the user who is signed in.
    ///
    /// # Errors
    /// If the server cannot be reached or answers with an error, as 401 without a credential.
    #[get("/api/v1/me")]
    async fn me(&self) -> Result<Value, Error>;

    /// Update the details of the user who is signed in.
    ///
    /// # Errors
    /// If the server cannot be reached or answers with an error.
    #[patch("/api/v1/me")]
    async fn patch_me(&self, #[json] details: &Value) -> Result<Value, Error>;

    /// List the API tokens of the user who is signed in.
    ///
    /// # Errors
    /// If the server cannot be reached or answers with an error.
    #[get("/api/v1/me/api-tokens")]
    async fn list_api_tokens(&self) -> Result<Value, Error>;

    /// Create an API token for the user who is signed in. The answer has the token, this once.
    ///
    /// # Errors
    /// If the server cannot be reached or answers with an error.
    #[post("/api/v1/me/api-tokens")]
    async fn create_api_token(&self, #[json] token: &Value) -> Result<Value, Error>;

    /// Delete an API token of the user who is signed in.
    ///
    /// # Errors
    /// If the server cannot be reached or answers with an error. Nothing is sent for a token id that is empty,
    /// `.` or `..`.
    #[delete("/api/v1/me/api-tokens/{token_id}")]
    async fn delete_api_token(&self, token_id: &str) -> Result<(), Error>;
}
