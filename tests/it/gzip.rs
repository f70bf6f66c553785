//! Compressed responses.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use kestra_auth::{Client, Error, JsonLines, Text, api};

use crate::support::{Server, raw_response};

#[api]
trait Compressed {
    #[get("/text")]
    async fn text(&self) -> Result<Text, Error>;

    #[get("/lines")]
    async fn lines(&self) -> Result<JsonLines<String>, Error>;
}

async fn server(status: &str, content: &[u8]) -> Server {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(content).unwrap();
    let body = gzip.finish().unwrap();
    Server::always(raw_response(status, &[("content-encoding", "gzip")], &body)).await
}

#[tokio::test]
async fn decompresses_responses() {
    let server = server("200 OK", b"text").await;
    assert_eq!(&*CompressedClient::new(server.client()).text().await.unwrap(), "text");
    assert_eq!(server.only().header("accept-encoding"), Some("gzip"));
}

#[tokio::test]
async fn limits_apply_to_decompressed_bytes() {
    // It compresses to less than each limit.
    let bomb = vec![b'a'; 1 << 20];
    let client = |server: &Server| {
        let builder = Client::builder(&server.base).limit(1 << 16).error_limit(1 << 14).line_limit(1 << 15);
        builder.build().unwrap()
    };

    let server_ok = server("200 OK", &bomb).await;
    let error = CompressedClient::new(client(&server_ok)).text().await.unwrap_err();
    assert!(error.is_body() && error.to_string().contains("65536 bytes"), "{error}");

    let server_error = server("500 Internal Server Error", &bomb).await;
    let error = CompressedClient::new(client(&server_error)).text().await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.body().len()), (500, 1 << 14));

    let server_lines = server("200 OK", &bomb).await;
    let mut lines = CompressedClient::new(client(&server_lines)).lines().await.unwrap();
    let error = lines.next().await.unwrap().unwrap_err();
    assert!(error.is_body() && error.to_string().contains("32768 bytes"), "{error}");
}
