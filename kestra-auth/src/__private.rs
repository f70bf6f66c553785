//! What generated code uses. Not for use by hand: it changes without notice.

use std::future::{pending, ready};

pub use crate::client::ApiClient;
pub use crate::encode::{Fault, ParamValue, ViaHeaderValue, ViaSecret, ViaSerialize, sink::Sink};
pub use crate::endpoint::{Endpoint, Redirects, Retry};
pub use crate::error::Error;
pub use crate::request::RequestBuilder;
pub use crate::response::Plan;
pub use crate::response::probe::{Accepted, HeadProbe, ResultProbe};

use crate::response::CallResult;

/// Stops the compiler at the caller, which stands at the result's type.
#[track_caller]
pub const fn refuse(refusal: Option<&'static str>) {
    if let Some(refusal) = refusal {
        #[expect(clippy::panic, reason = "evaluated while compiling, and nowhere else")]
        {
            panic!("{}", refusal)
        }
    }
}

/// The default body of an endpoint: a fake that does not write the method.
pub async fn unimplemented<R: CallResult>(endpoint: &'static Endpoint) -> R {
    ready(()).await;
    R::from_result(Err(Error::unimplemented(endpoint)))
}

/// The body of an endpoint whose trait has a mistake, and so never runs.
pub async fn inert<R>() -> R {
    pending().await
}
