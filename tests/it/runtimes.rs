//! Runtimes that cannot do what a call needs: an error, where tokio would panic.

use std::time::Duration;

use kestra_auth::{Body, CallOptions, Error, Event, EventStream, api};
use tokio::runtime::{Builder, Runtime};

use crate::support::{client_builder, in_memory, printed};

#[api]
trait Runtimes {
    #[get("/value")]
    async fn value(&self, #[options] options: CallOptions) -> Result<u8, Error>;

    #[get("/discarded")]
    async fn discarded(&self) -> Result<(), Error>;

    #[get("/events")]
    async fn events(&self) -> Result<EventStream<Event>, Error>;
}

/// Runtimes without a time driver, of both kinds.
fn without_timers() -> [Runtime; 4] {
    [
        Builder::new_current_thread().build().unwrap(),
        Builder::new_current_thread().enable_io().build().unwrap(),
        Builder::new_multi_thread().worker_threads(1).build().unwrap(),
        Builder::new_multi_thread().worker_threads(1).enable_io().build().unwrap(),
    ]
}

fn in_memory_client(media_type: &'static str, body: &'static str) -> RuntimesClient {
    let (_, service) = in_memory(move |_| {
        http::Response::builder().header("content-type", media_type).body(Body::from(body)).unwrap()
    });
    RuntimesClient::new(client_builder("http://localhost").transport(service).build().unwrap())
}

fn assert_reports_missing_timers(error: &Error) {
    assert!(error.is_build() && error.to_string().contains("enable_time"), "{}", printed(error));
}

#[test]
fn a_time_limit_reports_missing_timers() {
    let client = in_memory_client("application/json", "1");
    for runtime in without_timers() {
        let limited = CallOptions::new().timeout(Duration::from_secs(1));
        let error = runtime.block_on(client.value(limited)).unwrap_err();
        assert_reports_missing_timers(&error);
        assert!(error.to_string().starts_with("Runtimes::value (GET /value): "), "{error}");
    }
}

#[test]
fn the_default_transport_reports_missing_timers() {
    // The port is never connected to.
    let client = RuntimesClient::new(client_builder("http://127.0.0.1:9").build().unwrap());
    for runtime in without_timers() {
        assert_reports_missing_timers(&runtime.block_on(client.value(CallOptions::new())).unwrap_err());
    }
}

#[test]
fn the_default_transport_reports_missing_timers_below_layers() {
    let unchanged = tower::layer::layer_fn(|next: kestra_auth::transport::Next| next);
    for builder in [
        client_builder("http://127.0.0.1:9").layer(unchanged),
        client_builder("http://127.0.0.1:9").attempt_layer(unchanged),
    ] {
        let client = RuntimesClient::new(builder.build().unwrap());
        let [runtime, ..] = without_timers();
        assert_reports_missing_timers(&runtime.block_on(client.value(CallOptions::new())).unwrap_err());
    }
}

#[test]
fn reconnecting_reports_missing_timers() {
    let client = in_memory_client("text/event-stream", "data: a\n\n");
    for runtime in without_timers() {
        runtime.block_on(async {
            let mut events = client.events().await.unwrap().reconnecting();
            assert_eq!(events.next().await.unwrap().unwrap().data, "a");
            assert_reports_missing_timers(&events.next().await.unwrap().unwrap_err());
            assert!(events.next().await.is_none());
        });
    }
}

#[test]
fn calls_that_need_no_timers_work_without() {
    let client = in_memory_client("application/json", "1");
    for runtime in without_timers() {
        assert_eq!(runtime.block_on(client.value(CallOptions::new())).unwrap(), 1);
        runtime.block_on(client.discarded()).unwrap();
    }
}
