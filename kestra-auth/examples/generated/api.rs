//! Kestra, version `2.x`, from `openapi/kestra-2.yaml`.

use std::collections::HashMap;

use kestra_auth::secrecy::SecretString;
use kestra_auth::{Contract, Error, api};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The operations with the tag `Auths`.
#[api(base = "/api/v1", openapi = "openapi/kestra-2.yaml")]
pub trait AuthsApi {
    /// Retrieve list of authentication methods.
    #[get("/auths")]
    async fn index(&self) -> Result<AuthControllerAuth, Error>;

    /// Sends an email to reset a password.
    #[post("/forgotten-password")]
    async fn forgotten_password(
        &self,
        #[json] body: &ForgottenPasswordRequest,
    ) -> Result<HashMap<String, Value>, Error>;

    #[post("/invitation/accept/{invitation_id}")]
    async fn accept_invitation(&self, invitation_id: &str) -> Result<HashMap<String, Value>, Error>;

    #[post("/invitation/create/{invitation_id}")]
    async fn create_from_invitation(
        &self,
        invitation_id: &str,
        #[json] body: &AuthControllerInvitationUserRequest,
    ) -> Result<HashMap<String, Value>, Error>;

    /// Retrieve the current user.
    #[get("/me")]
    async fn me(&self) -> Result<HashMap<String, Value>, Error>;

    /// Update the details of the current user.
    #[patch("/me")]
    async fn patch_me(
        &self,
        #[json] body: &HashMap<String, Value>,
    ) -> Result<HashMap<String, Value>, Error>;

    /// List the API tokens of the current user.
    #[get("/me/api-tokens")]
    async fn list_api_tokens(&self) -> Result<HashMap<String, Value>, Error>;

    /// Create an API token for the current user.
    #[post("/me/api-tokens")]
    async fn create_api_token(
        &self,
        #[json] body: &HashMap<String, Value>,
    ) -> Result<HashMap<String, Value>, Error>;

    /// Delete an API token of the current user.
    #[delete("/me/api-tokens/{token_id}")]
    async fn delete_api_token(&self, token_id: &str) -> Result<(), Error>;

    /// Request an authentication code for login verification.
    #[get("/request-code/{email}")]
    async fn request_code(&self, email: &str) -> Result<HashMap<String, Value>, Error>;

    /// Change a password for given token.
    #[post("/reset-password")]
    async fn reset_password(
        &self,
        #[json] body: &AuthControllerResetPasswordRequest,
    ) -> Result<HashMap<String, Value>, Error>;

    /// Validate a password against the password policy.
    #[post("/validate-password")]
    async fn validate_password(&self, #[body("text/plain")] body: &str) -> Result<(), Error>;
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Contract)]
#[contract(openapi = "openapi/kestra-2.yaml", response = "AuthController.Auth")]
#[serde(rename_all = "camelCase")]
pub struct AuthControllerAuth {
    pub login_password: Option<bool>,
    pub mails_enabled: Option<bool>,
    pub passwordless: Option<bool>,
    pub oauths: Option<Vec<String>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Contract)]
#[contract(openapi = "openapi/kestra-2.yaml", request = "ForgottenPasswordRequest")]
pub struct ForgottenPasswordRequest {
    pub username: String,
}

#[derive(Clone, Debug, Serialize, Contract)]
#[contract(
    openapi = "openapi/kestra-2.yaml",
    request = "AuthController.InvitationUserRequest"
)]
#[serde(rename_all = "camelCase")]
pub struct AuthControllerInvitationUserRequest {
    pub first_name: String,
    pub last_name: String,
    #[serde(with = "kestra_auth::secret")]
    pub password: SecretString,
}

#[derive(Clone, Debug, Default, Serialize, Contract)]
#[contract(
    openapi = "openapi/kestra-2.yaml",
    request = "AuthController.ResetPasswordRequest"
)]
pub struct AuthControllerResetPasswordRequest {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    #[serde(
        skip_serializing_if = "Option::is_none",
        with = "kestra_auth::secret::option"
    )]
    pub password: Option<SecretString>,
}
