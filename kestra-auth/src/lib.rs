#![doc = include_str!("../../README.md")]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

// So that the macro's absolute paths hold in this crate too.
extern crate self as kestra_auth;

mod answer;
mod base;
mod body;
mod client;
mod credential;
mod encode;
mod endpoint;
mod error;
mod options;
mod redirect;
mod request;
mod response;
pub mod transport;

#[doc(hidden)]
pub mod __private;

#[cfg(feature = "kestra")]
pub mod models;
#[cfg(feature = "kestra")]
pub mod v1;

pub use body::Body;
pub use client::{ApiClient, Client, ClientBuilder};
pub use encode::ParamValue;
pub use endpoint::{Endpoint, Redirects, Retry};
pub use error::{Error, ErrorKind};
pub use kestra_auth_macros::api;
pub use options::CallOptions;
pub use response::{AnswerBody, Binary, CallResult, FromResponse, Json, Response, Text};

#[cfg(feature = "kestra")]
pub use models::{AuthMethods, InvitationUserRequest, ResetPasswordRequest};
#[cfg(feature = "kestra")]
pub use v1::{AuthApi, AuthApiClient, DEFAULT_BASE};
