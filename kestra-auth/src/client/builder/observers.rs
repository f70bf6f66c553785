//! Observing calls.

use std::sync::Arc;

use http::HeaderMap;

use super::ClientBuilder;
use crate::observe::report::CallReport;

/// Observing calls.
impl ClientBuilder {
    /// Calls `on_call` at the end of each call, for metrics and logs.
    ///
    /// It is called exactly once for each call, however that ends: with a result, with an error (even if nothing was
    /// sent), or because the call was dropped. A call whose result is a stream ends with the stream, or when the stream is
    /// dropped. When an [`EventStream`](https://docs.rs/kestra-auth/latest/kestra_auth/struct.EventStream.html)
    /// reconnects, that is another call. The requests of a credential source are not reported.
    ///
    /// Several closures are called in the order in which they are added. A closure must neither block nor panic, because
    /// it can run while a future is dropped.
    ///
    /// ```
    /// # fn main() -> Result<(), kestra_auth::Error> {
    /// use kestra_auth::Client;
    ///
    /// let client = Client::builder("https://kestra.example.com")
    ///     .on_call(|call| println!("{}: {} after {:?}", call.endpoint(), call.outcome(), call.elapsed()))
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn on_call(mut self, on_call: impl Fn(&CallReport) + Send + Sync + 'static) -> Self {
        self.observers.on_call.push(Arc::new(on_call));
        self
    }

    /// Calls `inject` for each request, to add the headers that propagate the context of a trace, such as
    /// [`traceparent`](https://www.w3.org/TR/trace-context/).
    ///
    /// Any propagator of OpenTelemetry fits. With the feature `tracing`, the span of the request is the current one:
    ///
    /// ```ignore
    /// let builder = builder.propagate_context(|headers| {
    ///     let context = tracing::Span::current().context();
    ///     opentelemetry::global::get_text_map_propagator(|propagator| {
    ///         propagator.inject_context(&context, &mut opentelemetry_http::HeaderInjector(headers));
    ///     });
    /// });
    /// ```
    ///
    /// The headers are added within the origin of the base URL, unless the request has them already. Credentials and
    /// headers that the transport sets are left out.
    ///
    /// ```
    /// # fn main() -> Result<(), kestra_auth::Error> {
    /// use kestra_auth::{Client, http::HeaderValue};
    ///
    /// let traceparent = HeaderValue::from_static("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    /// let client = Client::builder("https://kestra.example.com")
    ///     .propagate_context(move |headers| {
    ///         headers.insert("traceparent", traceparent.clone());
    ///     })
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn propagate_context(mut self, inject: impl Fn(&mut HeaderMap) + Send + Sync + 'static) -> Self {
        self.observers.propagate = Some(Arc::new(inject));
        self
    }

    /// Records `url.full` in the span of each request, with `REDACTED` in place of each value.
    ///
    /// ```
    /// # fn main() -> Result<(), kestra_auth::Error> {
    /// use kestra_auth::Client;
    ///
    /// // Such as `https://kestra.example.com/api/v1/request-code/REDACTED`.
    /// let client = Client::builder("https://kestra.example.com").trace_urls().build()?;
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(feature = "tracing")]
    pub fn trace_urls(mut self) -> Self {
        self.observers.traces_urls = true;
        self
    }
}
