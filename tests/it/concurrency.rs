//! Many calls at once on one client: none waits for another one, whatever the client is configured with.

use std::future::{pending, ready};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::future::Either;
use http::Response;
use kestra_auth::{
    Body, Client, ClientBuilder, Credential, CredentialFuture, CredentialRequest, CredentialSource, Error, Retry, Text,
    api,
};
use tokio::task::JoinSet;
use tower::layer::layer_fn;
use tower::util::MapRequest;

use crate::support::{Reply, Server, client_builder, json_response};

/// How many calls the slow server keeps waiting, and how many the other one responds to meanwhile.
const CALLS: usize = 50;
/// The time limit of what would otherwise wait forever.
const ENOUGH: Duration = Duration::from_secs(10);

#[api]
trait Pages {
    #[get("/page")]
    async fn page(&self) -> Result<Text, Error>;
}

struct Token;

impl CredentialSource for Token {
    fn credential(&self, _: CredentialRequest) -> CredentialFuture<'_> {
        Box::pin(ready(Credential::bearer("t").map_err(Into::into)))
    }
}

/// Everything that calls of one client share.
fn shared_state(builder: ClientBuilder) -> ClientBuilder {
    builder
        .credential_source(Token)
        .retry(Retry::standard())
        .on_call(|_| ())
        .layer(layer_fn(|next| MapRequest::new(next, |request| request)))
        .attempt_layer(layer_fn(|next| MapRequest::new(next, |request| request)))
}

/// Calls `slow` until `is_stuck` says that its calls wait for a response, and then `fast`.
async fn assert_independent(slow: Client, fast: Client, is_stuck: impl Fn() -> bool) {
    let (slow, fast) = (PagesClient::new(slow), PagesClient::new(fast));
    let mut waiting = JoinSet::new();
    for _ in 0..CALLS {
        let slow = slow.clone();
        waiting.spawn(async move { slow.page().await });
    }
    let stuck = async {
        while !is_stuck() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    // Otherwise, the calls to the slow server wait for each other.
    tokio::time::timeout(ENOUGH, stuck).await.unwrap();
    for _ in 0..CALLS {
        let page = tokio::time::timeout(ENOUGH, fast.page()).await.unwrap().unwrap();
        assert_eq!(page.0, "fast");
    }
    assert!(waiting.try_join_next().is_none(), "the slow server has responded");
}

#[tokio::test]
async fn a_slow_server_does_not_slow_the_calls_to_another() {
    let slow = Server::start(|_| Reply::Hang(Vec::new())).await;
    let fast = Server::always(json_response("fast")).await;
    let client = shared_state(client_builder(&fast.base)).build().unwrap();
    let other = client.with_base(&slow.base).unwrap().with_credential_source(Token).unwrap();
    assert_independent(other, client, || slow.seen().len() == CALLS).await;
}

/// A transport is one service for all calls, which is locked only until it has accepted a request.
#[tokio::test]
async fn a_call_that_waits_does_not_lock_the_transport() {
    let arrived = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&arrived);
    let transport = tower::service_fn(move |request: http::Request<Body>| {
        if request.uri().host() == Some("127.0.0.1") {
            count.fetch_add(1, Ordering::Relaxed);
            return Either::Left(pending());
        }
        Either::Right(ready(Ok::<_, std::io::Error>(Response::new(Body::from("fast")))))
    });
    let client = shared_state(Client::builder("http://localhost").transport(transport)).build().unwrap();
    let other = client.with_base("http://127.0.0.1").unwrap().with_credential_source(Token).unwrap();
    assert_independent(other, client, || arrived.load(Ordering::Relaxed) == CALLS).await;
}
