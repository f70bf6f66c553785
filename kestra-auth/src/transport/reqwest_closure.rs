//! Closures of the caller over reqwest's builder.

use crate::error::{BoxError, Error};

/// A closure that is called for several builders.
trait Configure: Send {
    fn apply(&self, builder: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, BoxError>;
}

impl<F> Configure for F
where
    F: FnOnce(reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, BoxError> + Clone + Send,
{
    fn apply(&self, builder: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, BoxError> {
        self.clone()(builder)
    }
}

/// A closure over reqwest's builder, which may set anything.
pub(crate) struct ReqwestClosure {
    /// The method of [`ClientBuilder`](crate::ClientBuilder) that took it.
    method: &'static str,
    configure: Box<dyn Configure>,
}

impl ReqwestClosure {
    pub(crate) fn new<E: Into<BoxError>>(
        method: &'static str,
        configure: impl FnOnce(reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, E> + Clone + Send + 'static,
    ) -> Self {
        Self { method, configure: Box::new(|builder| configure(builder).map_err(Into::into)) }
    }

    /// Returns the method that took the closure, such as `ClientBuilder::reqwest`.
    pub(super) fn method(&self) -> &'static str {
        self.method
    }

    pub(super) fn apply(&self, builder: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, Error> {
        self.configure.apply(builder).map_err(|error| {
            let failed = Error::build(format!("a `{}` closure failed", self.method));
            // The message of a reqwest error may have the URL of a proxy, with its password.
            if error.is::<reqwest::Error>() { failed } else { failed.with_source(error) }
        })
    }
}
