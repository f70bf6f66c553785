//! Where a body is cut into chunks makes no difference to its lines and events.

use std::convert::Infallible;

use bytes::Bytes;
use futures_util::{FutureExt as _, Stream, StreamExt as _, stream};
use kestra_auth::{Body, ByteStream, Error, Event, EventStream, JsonLines, api};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;

use crate::support::responding;

#[api]
trait Streams {
    #[get("/bytes")]
    async fn bytes(&self) -> Result<ByteStream, Error>;

    #[get("/lines")]
    async fn lines(&self) -> Result<JsonLines<Value>, Error>;

    #[get("/events")]
    async fn events(&self) -> Result<EventStream<Event>, Error>;
}

/// Bytes made of the pieces that a parser of lines and events looks for.
fn body() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "\n",
            "\r",
            "\r\n",
            "\u{feff}",
            ":",
            " ",
            "data: ",
            "data:",
            "data",
            "id: 1",
            "id\n",
            "event: x",
            "retry: 20",
            "{\"a\":",
            "1",
            "}",
            "null",
            "é",
        ])
        .prop_map(|piece| piece.as_bytes().to_vec()),
        vec(any::<u8>(), 1..3),
    ];
    vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// A body and the same one in chunks, of which some may be empty.
fn cut() -> impl Strategy<Value = (Bytes, Vec<Bytes>)> {
    (body(), vec(any::<prop::sample::Index>(), 0..8)).prop_map(|(body, cuts)| {
        let body = Bytes::from(body);
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(body.len() + 1)).chain([0, body.len()]).collect();
        cuts.sort_unstable();
        let chunks = cuts.windows(2).map(|range| body.slice(range[0]..range[1])).collect();
        (body, chunks)
    })
}

fn client(chunks: Vec<Bytes>) -> StreamsClient {
    let (_, client) = responding(move |request| {
        let chunks = stream::iter(chunks.clone()).map(Ok::<_, Infallible>);
        let media = if request.uri().path() == "/events" { "text/event-stream" } else { "" };
        http::Response::builder().header("content-type", media).body(Body::from_stream(chunks)).unwrap()
    });
    StreamsClient::new(client)
}

/// The items of a stream, which never waits, with the text of each error.
fn items<T>(stream: impl Stream<Item = Result<T, Error>>) -> Vec<Result<T, String>> {
    stream.map(|item| item.map_err(|error| error.to_string())).collect().now_or_never().unwrap()
}

proptest! {
    #[test]
    fn bytes_are_complete((whole, chunks) in cut()) {
        let found = items(client(chunks).bytes().now_or_never().unwrap().unwrap());
        let found: Vec<Bytes> = found.into_iter().map(Result::unwrap).collect();
        prop_assert_eq!(found.concat(), whole.to_vec());
    }

    #[test]
    fn lines_do_not_depend_on_chunks((whole, chunks) in cut()) {
        let [whole, cut] = [vec![whole], chunks].map(|chunks| items(client(chunks).lines().now_or_never().unwrap().unwrap()));
        prop_assert_eq!(whole, cut);
    }

    #[test]
    fn events_do_not_depend_on_chunks((whole, chunks) in cut()) {
        let [whole, cut] = [vec![whole], chunks].map(|chunks| items(client(chunks).events().now_or_never().unwrap().unwrap()));
        prop_assert_eq!(whole, cut);
    }

    /// As serde_json reads the same lines.
    #[test]
    fn lines_are_what_serde_json_reads(values in vec(prop_oneof!["[0-9]{1,3}", "\"[a-zé]{0,4}\"", "", " ", "nul", "\\{"], 0..6), end in "\r?\n") {
        let body = Bytes::from(values.join(&end));
        let found = items(client(vec![body]).lines().now_or_never().unwrap().unwrap());
        let lines = values.iter().filter(|line| !line.trim().is_empty());
        let expected: Vec<_> = lines.map(|line| serde_json::from_str::<Value>(line).ok()).collect();
        prop_assert_eq!(found.into_iter().map(Result::ok).collect::<Vec<_>>(), expected);
    }
}
