//! Functions for serde's [`with`](https://serde.rs/field-attrs.html#with), for fields that hold a secret.
//!
//! A `SecretString` does not implement `Serialize`, so that no secret is written by accident. A model that is sent
//! names this module where one is written on purpose.
//!
//! ```
//! use kestra_auth::secrecy::SecretString;
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Deserialize, Serialize)]
//! struct Login {
//!     name: String,
//!     #[serde(with = "kestra_auth::secret")]
//!     password: SecretString,
//!     #[serde(default, with = "kestra_auth::secret::option", skip_serializing_if = "Option::is_none")]
//!     code: Option<SecretString>,
//! }
//!
//! let login: Login = serde_json::from_str(r#"{"name":"ada","password":"correct horse"}"#)?;
//! assert_eq!(serde_json::to_string(&login)?, r#"{"name":"ada","password":"correct horse"}"#);
//! # Ok::<_, serde_json::Error>(())
//! ```

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer, Serializer};

/// Serializes a secret as a string.
///
/// # Errors
/// If the serializer fails.
pub fn serialize<S: Serializer>(secret: &SecretString, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(secret.expose_secret())
}

/// Deserializes a secret from a string.
///
/// # Errors
/// If the value is not a string.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SecretString, D::Error> {
    String::deserialize(deserializer).map(SecretString::from)
}

/// The same for fields that may have no secret.
pub mod option {
    use secrecy::{ExposeSecret, SecretString};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// Serializes a secret as a string, or `null`.
    ///
    /// # Errors
    /// If the serializer fails.
    pub fn serialize<S: Serializer>(secret: &Option<SecretString>, serializer: S) -> Result<S::Ok, S::Error> {
        secret.as_ref().map(ExposeSecret::expose_secret).serialize(serializer)
    }

    /// Deserializes a secret from a string, or nothing from `null`.
    ///
    /// # Errors
    /// If the value is neither.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<SecretString>, D::Error> {
        Option::<String>::deserialize(deserializer).map(|secret| secret.map(SecretString::from))
    }
}
