//! The token endpoint of an authorization server.

use std::time::Duration;

use kestra_auth_macros::api;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::Value;

use crate::client::credential::Credential;
use crate::client::options::CallOptions;
use crate::error::Error;
use crate::error::kind::ErrorKind;
use crate::oauth::error_response;
use crate::response::Response;
use crate::response::from_response::FromResponse;
use crate::response::link::Link;

/// The parameters of a request, in the order in which they are sent.
pub(super) type Parameters<'a> = Vec<(&'a str, &'a str)>;

/// The token endpoint ([RFC 6749, section 3.2](https://www.rfc-editor.org/rfc/rfc6749#section-3.2)).
#[api]
pub(super) trait TokenApi {
    /// Requests a token for the client itself
    /// ([section 4.4](https://www.rfc-editor.org/rfc/rfc6749#section-4.4)). Another request issues another token, which
    /// does no harm.
    ///
    /// # Errors
    /// If the server issues no bearer token.
    #[post(retry = "idempotent")]
    async fn client_credentials(
        &self,
        #[url] url: &Link,
        #[form] parameters: &Parameters<'_>,
        #[options] options: CallOptions,
    ) -> Result<Token, Error>;

    /// Exchanges a refresh token ([section 6](https://www.rfc-editor.org/rfc/rfc6749#section-6)). It may be valid only
    /// once.
    ///
    /// # Errors
    /// As `client_credentials`.
    #[post(retry = "never")]
    async fn refresh_token(
        &self,
        #[url] url: &Link,
        #[form] parameters: &Parameters<'_>,
        #[options] options: CallOptions,
    ) -> Result<Token, Error>;
}

/// A token that the server has issued.
pub(super) struct Token {
    pub(super) access: Credential,
    pub(super) lifetime: Option<Duration>,
    pub(super) refresh: Option<SecretString>,
}

/// The response as servers write it ([section 5.1](https://www.rfc-editor.org/rfc/rfc6749#section-5.1)).
#[derive(Deserialize)]
pub(super) struct TokenResponse {
    access_token: Option<String>,
    token_type: Option<String>,
    /// A number of seconds, which some servers write as a string.
    expires_in: Option<Value>,
    refresh_token: Option<String>,
    /// Some servers send errors with a success status.
    error: Option<String>,
}

impl FromResponse for Token {
    const ACCEPT: &'static str = TokenResponse::ACCEPT;
    type Body = <TokenResponse as FromResponse>::Body;

    fn from_response(response: Response<Self::Body>) -> Result<Self, Error> {
        TokenResponse::from_response(response)?.try_into()
    }
}

impl TryFrom<TokenResponse> for Token {
    type Error = Error;

    fn try_from(response: TokenResponse) -> Result<Self, Error> {
        let TokenResponse { access_token, token_type, expires_in, refresh_token, error } = response;
        if let Some(code) = error {
            return Err(error_response::from_code(&code));
        }
        let invalid = |detail| Error::new(ErrorKind::Decode, detail);
        let access = access_token.ok_or_else(|| invalid("the response of the token endpoint has no `access_token`"))?;
        // A token of another type must not be used ([section 7.1](https://www.rfc-editor.org/rfc/rfc6749#section-7.1)).
        // Some servers leave the type out, although it is required.
        if token_type.is_some_and(|token_type| !token_type.eq_ignore_ascii_case("bearer")) {
            return Err(invalid("the token endpoint issued a token of an unknown type: expected the type `Bearer`"));
        }
        let access = Credential::bearer(access)
            .map_err(|_| invalid("the token endpoint issued a token that is empty or cannot be sent in a header"))?;
        Ok(Self {
            access,
            lifetime: expires_in.as_ref().and_then(read_seconds),
            refresh: refresh_token.filter(|token| !token.is_empty()).map(Into::into),
        })
    }
}

/// Returns `None` for a lifetime that is missing or cannot be read. The server rejects the token when it has expired.
fn read_seconds(value: &Value) -> Option<Duration> {
    let seconds = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok())?;
    // A negative time has passed.
    Duration::try_from_secs_f64(seconds.max(0.0)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: Value) -> Result<Token, Error> {
        serde_json::from_value::<TokenResponse>(json).unwrap().try_into()
    }

    #[test]
    fn reads_what_servers_send() {
        for (lifetime, seconds) in [
            (serde_json::json!(3600), Some(3600)),
            (serde_json::json!("3600"), Some(3600)),
            (serde_json::json!(3600.0), Some(3600)),
            (serde_json::json!(-5), Some(0)),
            (serde_json::json!(null), None),
            (serde_json::json!("soon"), None),
            (serde_json::json!(1e300), None),
            (serde_json::json!({}), None),
        ] {
            let token = read(serde_json::json!({
                "access_token": "t", "token_type": "bearer", "expires_in": lifetime, "scope": ["a"], "extra": 1
            }));
            assert_eq!(token.unwrap().lifetime, seconds.map(Duration::from_secs), "{lifetime}");
        }
        let token = read(serde_json::json!({"access_token": "t"})).unwrap();
        assert_eq!((token.access, token.lifetime), (Credential::bearer("t").unwrap(), None));
        assert!(token.refresh.is_none());
    }

    #[test]
    fn rejects_what_is_not_a_bearer_token_without_showing_it() {
        for (json, message) in [
            (serde_json::json!({}), "has no `access_token`"),
            (serde_json::json!({"access_token": "MARK", "token_type": "MARK"}), "expected the type `Bearer`"),
            (serde_json::json!({"access_token": ""}), "is empty"),
            (serde_json::json!({"access_token": "MARK\n"}), "cannot be sent"),
            (serde_json::json!({"error": "MARK", "access_token": "MARK"}), "instead of a token"),
            (serde_json::json!({"error": "invalid_grant"}), "`invalid_grant`"),
        ] {
            let error = read(json).map(|_| ()).unwrap_err();
            assert!(error.is_decode() && error.to_string().contains(message), "{error}");
            assert!(!format!("{error} {error:?}").contains("MARK"));
        }
    }
}
