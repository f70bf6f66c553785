//! The request and response bodies of Kestra's authentication endpoints. Their JSON names are in camelCase.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

/// How users can log in (`AuthControllerAuth`).
///
/// ```
/// # use kestra_auth::AuthMethods;
/// let methods: AuthMethods = serde_json::from_str(r#"{"loginPassword": true, "saml": false}"#)?;
/// assert_eq!(methods.login_password, Some(true));
/// assert_eq!(methods.other["saml"], false);
/// # Ok::<_, serde_json::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Serialize)]
#[cfg_attr(
    kestra_auth_contract,
    derive(kestra_auth_macros::Contract),
    contract(openapi = "openapi/kestra-1.yaml", response = "AuthController.Auth")
)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AuthMethods {
    /// Whether users can log in with a name and a password.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub login_password: Option<bool>,
    /// Whether the server can send e-mails.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mails_enabled: Option<bool>,
    /// Whether users can log in with a code that is sent by e-mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passwordless: Option<bool>,
    /// The names of the OAuth providers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oauths: Option<Vec<String>>,
    /// Fields that a newer server adds.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// The basic information to create an account from an invitation (`AuthControllerInvitationUserRequest`).
///
/// `Debug` shows no value, and the password is wiped from memory when the request is dropped.
///
/// ```
/// use kestra_auth::InvitationUserRequest;
///
/// let user = InvitationUserRequest::new("Ada", "Lovelace", "correct horse");
/// assert_eq!(
///     serde_json::to_string(&user)?,
///     r#"{"firstName":"Ada","lastName":"Lovelace","password":"correct horse"}"#
/// );
/// # Ok::<_, serde_json::Error>(())
/// ```
#[derive(Clone, Serialize)]
#[cfg_attr(
    kestra_auth_contract,
    derive(kestra_auth_macros::Contract),
    contract(openapi = "openapi/kestra-1.yaml", request = "AuthController.InvitationUserRequest")
)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct InvitationUserRequest {
    /// The given name.
    pub first_name: String,
    /// The family name.
    pub last_name: String,
    /// The password of the new account.
    #[serde(serialize_with = "expose")]
    pub password: SecretString,
}

impl InvitationUserRequest {
    /// Builds a request. All three fields are required.
    pub fn new(first_name: impl Into<String>, last_name: impl Into<String>, password: impl Into<SecretString>) -> Self {
        Self { first_name: first_name.into(), last_name: last_name.into(), password: password.into() }
    }
}

/// A new password, and the token that permits setting it (`AuthControllerResetPasswordRequest`).
///
/// `Debug` shows no value, and both are wiped from memory when the request is dropped.
///
/// ```
/// use kestra_auth::ResetPasswordRequest;
///
/// let reset = ResetPasswordRequest::new().token("t0ken").password("correct horse");
/// assert_eq!(serde_json::to_string(&reset)?, r#"{"token":"t0ken","password":"correct horse"}"#);
/// # Ok::<_, serde_json::Error>(())
/// ```
#[derive(Clone, Default, Serialize)]
#[cfg_attr(
    kestra_auth_contract,
    derive(kestra_auth_macros::Contract),
    contract(openapi = "openapi/kestra-1.yaml", request = "AuthController.ResetPasswordRequest")
)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ResetPasswordRequest {
    /// The token from the e-mail.
    #[serde(serialize_with = "expose_some", skip_serializing_if = "Option::is_none")]
    pub token: Option<SecretString>,
    /// The new password.
    #[serde(serialize_with = "expose_some", skip_serializing_if = "Option::is_none")]
    pub password: Option<SecretString>,
}

impl ResetPasswordRequest {
    /// Builds a request with neither token nor password.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the token.
    #[must_use]
    pub fn token(mut self, token: impl Into<SecretString>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// Sets the password.
    #[must_use]
    pub fn password(mut self, password: impl Into<SecretString>) -> Self {
        self.password = Some(password.into());
        self
    }
}

/// The user who has forgotten the password (`ForgottenPasswordRequest` of Kestra 2.x).
///
/// ```
/// let request = kestra_auth::models::ForgottenPasswordRequest::new("ada@example.com");
/// assert_eq!(serde_json::to_string(&request)?, r#"{"username":"ada@example.com"}"#);
/// # Ok::<_, serde_json::Error>(())
/// ```
#[derive(Clone, Serialize)]
#[cfg_attr(
    kestra_auth_contract,
    derive(kestra_auth_macros::Contract),
    contract(openapi = "openapi/kestra-2.yaml", request = "ForgottenPasswordRequest")
)]
#[non_exhaustive]
pub struct ForgottenPasswordRequest {
    /// The name of the user.
    pub username: String,
}

impl ForgottenPasswordRequest {
    /// Builds a request. The name is required.
    pub fn new(username: impl Into<String>) -> Self {
        Self { username: username.into() }
    }
}

/// Serializes a secret. This and `expose_some` are the only functions that read the secrets of a model, to send them.
fn expose<S: Serializer>(secret: &SecretString, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(secret.expose_secret())
}

#[expect(clippy::ref_option, reason = "serde's `serialize_with` hands the field over by reference")]
fn expose_some<S: Serializer>(secret: &Option<SecretString>, serializer: S) -> Result<S::Ok, S::Error> {
    secret.as_ref().map(ExposeSecret::expose_secret).serialize(serializer)
}

/// Written by hand, because with `#[serde(flatten)]` the deserializer does not get the names of the fields, so no error
/// could contain them.
impl<'de> Deserialize<'de> for AuthMethods {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        const FIELDS: &[&str] = &["loginPassword", "mailsEnabled", "passwordless", "oauths"];
        deserializer.deserialize_struct("AuthMethods", FIELDS, AuthMethodsVisitor)
    }
}

struct AuthMethodsVisitor;

impl<'de> Visitor<'de> for AuthMethodsVisitor {
    type Value = AuthMethods;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<AuthMethods, A::Error> {
        let mut methods = AuthMethods::default();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "loginPassword" => methods.login_password = map.next_value()?,
                "mailsEnabled" => methods.mails_enabled = map.next_value()?,
                "passwordless" => methods.passwordless = map.next_value()?,
                "oauths" => methods.oauths = map.next_value()?,
                _ => {
                    methods.other.insert(key, map.next_value()?);
                }
            }
        }
        Ok(methods)
    }
}

/// Shows the switches, and how much there is of the rest, whose names and values come from the server.
impl fmt::Debug for AuthMethods {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { login_password, mails_enabled, passwordless, oauths, other } = self;
        f.debug_struct("AuthMethods")
            .field("login_password", login_password)
            .field("mails_enabled", mails_enabled)
            .field("passwordless", passwordless)
            .field("oauths", &oauths.as_ref().map(Vec::len))
            .field("other", &other.len())
            .finish()
    }
}

/// Shows nothing, because the names are personal data, and the password is secret.
impl fmt::Debug for InvitationUserRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InvitationUserRequest").finish_non_exhaustive()
    }
}

/// Shows nothing, because the name is personal data.
impl fmt::Debug for ForgottenPasswordRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ForgottenPasswordRequest").finish_non_exhaustive()
    }
}

/// Shows which fields are set, because both are secret.
impl fmt::Debug for ResetPasswordRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResetPasswordRequest")
            .field("token", &self.token.is_some())
            .field("password", &self.password.is_some())
            .finish()
    }
}
