//! What generated code uses, and nothing else. It changes without notice.

use std::future::pending;
use std::pin::Pin;

pub use std::boxed::Box;
pub use std::future::Future;
pub use std::marker::Send;
pub use std::string::String;
pub use std::sync::Arc;

pub use crate::client::api_client::{ApiClient, DynApi};
#[cfg(feature = "openapi")]
pub use crate::compile_checks::container::{AnyContainer, ContainerProbe};
#[cfg(feature = "openapi")]
pub use crate::compile_checks::contract::{OptionalResult, check_optional, check_response};
#[cfg(feature = "openapi")]
pub use crate::compile_checks::expected::{check_no_body, check_result, check_type};
pub use crate::compile_checks::rejection::reject;
pub use crate::compile_checks::result::{HeadProbe, ProbeDefaults, ResultProbe};
#[cfg(feature = "openapi")]
pub use crate::compile_checks::shape::{AnyType, Expected, Instance, Model, Shape, Shaped, TypeProbe};
pub use crate::compile_checks::value::{ValueProbe, reject_if};
pub use crate::encode::display::{Displayed, ViaDisplay, ViaDisplaySequence, ViaFunction, ViaOptionalDisplay, With};
pub use crate::encode::error::EncodeError;
pub use crate::encode::nested::NestedStyle;
pub use crate::encode::param_value::{ParamValue, ViaHeaderValue, ViaSecret, ViaSerialize};
pub use crate::encode::scalar::{ScalarNumber, ScalarSequence, ScalarSerializer};
pub use crate::encode::separator::Separator;
pub use crate::encode::writer::ValueWriter;
pub use crate::endpoint::{Endpoint, Redirects, RetryMode};
pub use crate::error::Error;
pub use crate::request::Request;
pub use crate::request::reader::{Reader, reads, reads_also, reads_optional};
#[cfg(feature = "openapi")]
pub use crate::response::call_result::CallResult;
#[cfg(feature = "openapi")]
pub use crate::response::from_response::FromResponse;

/// The future of a method of a `dyn` trait.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The body of an endpoint whose trait has an error. The program does not compile, so it never runs.
pub async fn inert<R>() -> R {
    pending().await
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_name_of_the_module_has_the_version() {
        let name = concat!(
            "kestra_auth::__private_",
            env!("CARGO_PKG_VERSION_MAJOR"),
            "_",
            env!("CARGO_PKG_VERSION_MINOR"),
            "::tests"
        );
        assert_eq!(module_path!(), name, "rename the module in `lib.rs`");
    }
}
