#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

// So that the macro's absolute paths hold in this crate too.
#[cfg(feature = "kestra")]
extern crate self as kestra_auth;

mod answer;
mod base;
#[cfg(feature = "blocking")]
mod blocking;
mod body;
mod client;
#[cfg(feature = "openapi")]
mod contract;
mod credential;
mod encode;
mod endpoint;
mod error;
#[cfg(feature = "multipart")]
pub mod multipart;
mod options;
mod redirect;
mod request;
mod response;
#[cfg(feature = "stream")]
mod stream;
pub mod transport;
mod unique;

#[doc(hidden)]
pub mod __private;

#[cfg(feature = "kestra")]
pub mod models;
#[cfg(feature = "kestra")]
pub mod v1;
#[cfg(feature = "kestra")]
pub mod v2;

#[cfg(feature = "blocking")]
pub use blocking::block_on;
pub use body::{Body, IntoBody};
pub use client::{ApiClient, Client, ClientBuilder};
pub use credential::Credential;
pub use encode::ParamValue;
pub use endpoint::{Endpoint, Redirects, Retry};
pub use error::{ApiError, Error, ErrorKind};
#[doc = include_str!("contract.md")]
pub use kestra_auth_macros::Contract;
#[doc = include_str!("api.md")]
pub use kestra_auth_macros::api;
pub use options::CallOptions;
pub use request::FreeRequest;
pub use response::{
    AnswerBody, Binary, CallResult, FromOptional, FromResponse, Json, Link, Response, Text, WithStatus,
};

#[cfg(feature = "stream")]
pub use stream::{ByteStream, Event, EventStream, FromEvent, JsonLines, Paginate, paginate};

#[cfg(feature = "kestra")]
pub use models::{AuthMethods, InvitationUserRequest, ResetPasswordRequest};
#[cfg(feature = "kestra")]
pub use v1::{AuthApi, AuthApiClient, DEFAULT_BASE};
