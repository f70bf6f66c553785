//! The authentication endpoints of Kestra 1.x, as
//! [its API reference](https://kestra.io/docs/api-reference) lists them.

use kestra_auth_macros::api;
use serde_json::Value;

use super::models::{AuthMethods, InvitationUserRequest, ResetPasswordRequest};
use crate::error::Error;

/// Where a Kestra server answers if nothing else is said.
pub const DEFAULT_BASE: &str = "http://localhost";

/// Kestra's authentication endpoints.
///
/// None of them needs authorization, so none is sent unless the client has a credential.
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
    /// Retrieve list of authentication methods
    ///
    /// # Errors
    /// If the server cannot be reached, answers with an error, or with something else than authentication
    /// methods.
    #[get("/api/v1/auths")]
    async fn index(&self) -> Result<AuthMethods, Error>;

    /// Accept an invitation with an existing account. The answer is a JSON object, or `null` if it is empty.
    ///
    /// # Errors
    /// If the server cannot be reached or answers with an error. Nothing is sent for an invitation id that is
    /// empty, `.` or `..`.
    #[post("/api/v1/invitation/accept/{invitation_id}")]
    async fn accept_invitation(&self, invitation_id: &str) -> Result<Value, Error>;

    /// Create an account from an invitation. `user` is the basic information for it. The answer is a JSON
    /// object, or `null` if it is empty.
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

    /// Sends an email to reset a password.
    ///
    /// Note that whatever the username is found or not, the response will always be 200 to avoid leaking
    /// information. It is a GET that acts, and so it is never sent again by itself.
    ///
    /// # Errors
    /// If the server cannot be reached or answers with an error.
    #[get("/api/v1/forgotten-password", retry = "never")]
    async fn forgotten_password(&self, #[query] username: &str) -> Result<Value, Error>;

    /// Request an authentication code for login verification
    ///
    /// It is a GET that sends an email, and so it is never sent again by itself.
    ///
    /// # Errors
    /// If the server cannot be reached or answers with an error. Nothing is sent for an email that is empty,
    /// `.` or `..`.
    #[get("/api/v1/request-code/{email}", retry = "never")]
    async fn request_code(&self, email: &str) -> Result<Value, Error>;

    /// Change a password for given token.
    ///
    /// If password does not match password policy, user can still retry.
    ///
    /// # Errors
    /// If the server cannot be reached or answers with an error, as for a password that does not match its
    /// policy.
    #[post("/api/v1/reset-password")]
    async fn reset_password(&self, #[json] reset: &ResetPasswordRequest) -> Result<Value, Error>;
}
