//! Layers of tower that limit time, rate and concurrency, or buffer requests.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use kestra_auth::{ApiClient, CallOptions};
use tokio::time::Instant;
use tower::ServiceBuilder;
use tower::buffer::BufferLayer;
use tower::limit::{ConcurrencyLimitLayer, RateLimitLayer};
use tower::timeout::TimeoutLayer;

use super::*;

use crate::support::client_builder;

#[tokio::test(start_paused = true)]
async fn the_time_limit_of_a_layer_is_a_timeout() {
    let never = service_fn(|_: http::Request<Body>| std::future::pending::<Result<http::Response<Body>, BoxError>>());
    let limit = || TimeoutLayer::new(Duration::from_secs(1));
    for builder in
        [client_builder("http://localhost").layer(limit()), client_builder("http://localhost").attempt_layer(limit())]
    {
        let client = LayeredClient::new(builder.transport(never).build().unwrap());
        let error = client.write("x").await.unwrap_err();
        assert!(error.is_timeout() && error.may_have_reached_server(), "{error:?}");
        assert_eq!(error.endpoint().unwrap().operation(), "write");
    }
}

/// A transport that takes a second, and counts the most requests at a time.
fn slow(most: &Arc<AtomicUsize>) -> ClientBuilder {
    let (current, most) = (Arc::new(AtomicUsize::new(0)), Arc::clone(most));
    client_builder("http://localhost").transport(service_fn(move |_: http::Request<Body>| {
        most.fetch_max(current.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        let current = Arc::clone(&current);
        async move {
            tokio::time::sleep(Duration::from_secs(1)).await;
            current.fetch_sub(1, Ordering::SeqCst);
            Ok::<_, BoxError>(http::Response::new(Body::from("null")))
        }
    }))
}

/// Makes this many calls at a time. Returns how long all of them take.
async fn time_of(builder: ClientBuilder, calls: usize) -> Duration {
    let client = LayeredClient::new(builder.build().unwrap());
    let start = Instant::now();
    let calls = (0..calls).map(|_| client.write("x"));
    futures_util::future::join_all(calls).await.into_iter().for_each(Result::unwrap);
    start.elapsed()
}

#[tokio::test(start_paused = true)]
async fn limits_concurrency_with_towers_layer() {
    for around_calls in [true, false] {
        let most = Arc::default();
        let limit = ConcurrencyLimitLayer::new(2);
        let builder = if around_calls { slow(&most).layer(limit) } else { slow(&most).attempt_layer(limit) };
        assert_eq!(time_of(builder, 6).await, Duration::from_secs(3));
        assert_eq!(most.load(Ordering::SeqCst), 2);
    }
}

#[tokio::test(start_paused = true)]
async fn limits_the_rate_with_towers_layer() {
    let most = Arc::default();
    // Five calls in each period of ten seconds: at 0, 10 and 20.
    let builder = slow(&most).layer(RateLimitLayer::new(5, Duration::from_secs(10)));
    assert_eq!(time_of(builder, 12).await, Duration::from_secs(21));
    assert_eq!(most.load(Ordering::SeqCst), 5);
    // The same below a buffer, which is how layers that cannot be cloned are used elsewhere.
    let limited =
        ServiceBuilder::new().layer(BufferLayer::new(16)).layer(RateLimitLayer::new(5, Duration::from_secs(10)));
    let builder = slow(&Arc::default()).attempt_layer(limited.into_inner());
    assert_eq!(time_of(builder, 12).await, Duration::from_secs(21));
}

#[tokio::test(start_paused = true)]
async fn buffers_with_towers_layer() {
    let most = Arc::default();
    let builder = slow(&most).layer(BufferLayer::new(2)).attempt_layer(BufferLayer::new(2));
    assert_eq!(time_of(builder, 20).await, Duration::from_secs(1));
    assert_eq!(most.load(Ordering::SeqCst), 20);
    let log = Log::default();
    let (_, client) = client(|builder| builder.layer(BufferLayer::new(2)).attempt_layer(note("attempt", &log)));
    assert_eq!(client.start("7").await.unwrap().0, "end");
    assert_eq!(lines(&log)[0], "attempt GET /api/start/7 Bearer t0ken");
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_canceled_does_not_block_a_limit() {
    let most = Arc::default();
    let client = slow(&most).layer(ConcurrencyLimitLayer::new(1)).timeout(Duration::from_millis(500)).build().unwrap();
    let client = LayeredClient::new(client);
    let (first, second) = tokio::join!(client.write("x"), client.write("x"));
    assert!(first.unwrap_err().is_timeout() && second.unwrap_err().is_timeout());
    let patient = client.with_options(CallOptions::new().timeout(Duration::from_secs(5)));
    patient.write("x").await.unwrap();
}
