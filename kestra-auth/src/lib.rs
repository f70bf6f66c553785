#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

// So that the macro's absolute paths hold in this crate too.
#[cfg(feature = "kestra")]
extern crate self as kestra_auth;

#[cfg(feature = "blocking")]
mod blocking;
mod body;
mod call;
mod client;
mod compile_checks;
mod encode;
mod endpoint;
mod error;
mod json;
#[cfg(feature = "kestra")]
mod kestra;
mod media_type;
#[cfg(feature = "multipart")]
pub mod multipart;
mod request;
mod response;
#[cfg(feature = "stream")]
mod stream;
pub mod transport;
mod unique;

#[doc(hidden)]
pub mod __private;

#[cfg(feature = "blocking")]
pub use blocking::block_on;
pub use body::Body;
pub use body::into_body::IntoBody;
pub use client::builder::ClientBuilder;
pub use client::credential::Credential;
pub use client::options::CallOptions;
pub use client::{ApiClient, Client};
pub use encode::param_value::ParamValue;
pub use endpoint::{Endpoint, Redirects, Retry};
pub use error::Error;
pub use error::api_error::{ApiError, DeclaredError};
pub use error::kind::ErrorKind;
#[doc = include_str!("contract.md")]
pub use kestra_auth_macros::Contract;
#[doc = include_str!("api.md")]
pub use kestra_auth_macros::api;
pub use request::builder::FreeRequest;
pub use response::Response;
pub use response::binary::Binary;
pub use response::call_result::CallResult;
pub use response::from_response::FromResponse;
pub use response::json::Json;
pub use response::json_body::JsonBody;
pub use response::link::Link;
pub use response::optional::{FromOptional, WithStatus};
pub use response::response_body::ResponseBody;
pub use response::text::Text;

#[cfg(feature = "stream")]
pub use stream::byte_stream::ByteStream;
#[cfg(feature = "stream")]
pub use stream::event::Event;
#[cfg(feature = "stream")]
pub use stream::event_stream::EventStream;
#[cfg(feature = "stream")]
pub use stream::from_event::FromEvent;
#[cfg(feature = "stream")]
pub use stream::json_lines::JsonLines;
#[cfg(feature = "stream")]
pub use stream::paginate::{Paginate, paginate};

#[cfg(feature = "kestra")]
pub use kestra::models::{AuthMethods, InvitationUserRequest, ResetPasswordRequest};
#[cfg(feature = "kestra")]
pub use kestra::v1::{AuthApi, AuthApiClient, DEFAULT_BASE};
#[cfg(feature = "kestra")]
pub use kestra::{models, v1, v2};
