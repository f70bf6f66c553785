//! Access tokens of OAuth 2.0 ([RFC 6749](https://www.rfc-editor.org/rfc/rfc6749)), as sources of credentials.
//!
//! [`token_api`] declares the token endpoint and reads its responses, [`token_request`] holds what all grants send,
//! and each grant has a file of its own.

pub(crate) mod client_credentials;
mod error_response;
pub(crate) mod refresh_token;
mod token_api;
mod token_request;
