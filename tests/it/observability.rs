//! What is reported about calls: reports at their end, and spans.

#[cfg(feature = "tracing")]
mod recorder;
mod reports;
#[cfg(feature = "tracing")]
mod spans;

use kestra_auth::{ByteStream, CallOptions, Error, Event, EventStream, JsonLines, api};

/// Endpoints whose parameters take marks.
#[api]
trait Observed {
    #[get("/number/{id}")]
    async fn number(
        &self,
        id: &str,
        #[query] token: Option<&str>,
        #[options] options: CallOptions,
    ) -> Result<u8, Error>;

    #[post("/text/{id}")]
    async fn text(&self, id: &str, #[body("text/plain")] body: kestra_auth::Body) -> Result<(), Error>;

    #[get("/maybe", none(404))]
    async fn maybe(&self) -> Result<Option<u8>, Error>;

    #[get("/bytes")]
    async fn bytes(&self) -> Result<ByteStream, Error>;

    #[get("/lines")]
    async fn lines(&self) -> Result<JsonLines<u8>, Error>;

    #[get("/events", end = "[DONE]")]
    async fn events(&self) -> Result<EventStream<Event>, Error>;

    #[http(PURGE, "/cache/{id}", redirects = "origin")]
    async fn purge(&self, id: &str) -> Result<(), Error>;
}
