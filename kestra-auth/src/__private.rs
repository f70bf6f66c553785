//! What generated code uses. Not for use by hand: it changes without notice.

use std::future::pending;
use std::pin::Pin;

pub use std::boxed::Box;
pub use std::string::String;
pub use std::sync::Arc;

pub use crate::client::ApiClient;
#[cfg(feature = "openapi")]
pub use crate::compile_checks::contract::{
    AnyField, ContractModel, FieldProbe, JsonType, check_json_type, check_optional, check_response,
};
pub use crate::compile_checks::rejection::reject;
pub use crate::compile_checks::result::{HeadProbe, ProbeDefaults, ResultProbe};
pub use crate::encode::display::{Shown, ViaFunction, ViaOptionalText, ViaSequenceOfText, ViaText, With};
pub use crate::encode::error::Fault;
pub use crate::encode::nested::Style;
pub use crate::encode::param_value::{ParamValue, ViaHeaderValue, ViaSecret, ViaSerialize};
pub use crate::encode::scalar::{Elements, Scalar};
pub use crate::encode::writer::Sink;
pub use crate::endpoint::{Endpoint, Redirects, Retry};
pub use crate::error::Error;
pub use crate::request::RequestBuilder;
pub use crate::request::reader::{Reader, reads, reads_also, reads_optional};
#[cfg(feature = "openapi")]
pub use crate::response::call_result::CallResult;
#[cfg(feature = "openapi")]
pub use crate::response::from_response::FromResponse;

/// The future of a method that `dyn` can hold.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The body of an endpoint whose trait has a mistake, and so never runs.
pub async fn inert<R>() -> R {
    pending().await
}
