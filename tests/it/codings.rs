//! Compressed responses. The tests hold whichever of the features `brotli` and `zstd` are on besides `gzip`.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use kestra_auth::{Binary, Body, CallOptions, Error, JsonLines, Response, Text, api};

use crate::support::{Server, client_builder, printed, raw_response, responding};

#[api]
trait Compressed {
    #[get("/text")]
    async fn text(&self) -> Result<Text, Error>;

    #[get("/lines")]
    async fn lines(&self) -> Result<JsonLines<String>, Error>;

    #[get("/binary")]
    async fn binary(&self, #[options] options: CallOptions) -> Result<Binary, Error>;

    #[head("/head")]
    async fn head(&self) -> Result<Response<()>, Error>;
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(content).unwrap();
    gzip.finish().unwrap()
}

/// Brotli without compression: a stream of one meta-block that is stored
/// ([RFC 7932](https://www.rfc-editor.org/rfc/rfc7932#section-9.2)).
fn brotli(content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap() - 1;
    assert!(length < 1 << 16);
    let header = (length << 4 | 1 << 20).to_le_bytes();
    [&header[..3], content, &[3]].concat()
}

/// Zstandard without compression: a frame of one block
/// ([RFC 8878](https://www.rfc-editor.org/rfc/rfc8878#section-3.1.1)).
fn zstd(content: &[u8]) -> Vec<u8> {
    frame(0, content.len(), content)
}

/// A frame whose block repeats one byte, which takes 4 bytes for up to 128 KiB.
fn zstd_repeat(length: usize) -> Vec<u8> {
    frame(1, length, b"a")
}

fn frame(kind: u32, length: usize, content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(length).unwrap();
    // A window of 128 KiB, without the size of the content.
    let header = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x38];
    [&header[..], &(length << 3 | kind << 1 | 1).to_le_bytes()[..3], content].concat()
}

/// The codings that the client asks for, as its features are.
async fn accepted() -> String {
    let server = Server::always(raw_response("200 OK", &[], b"")).await;
    CompressedClient::new(server.client()).text().await.unwrap();
    server.only().header("accept-encoding").unwrap().to_owned()
}

async fn server(status: &str, content: &[u8]) -> Server {
    Server::always(raw_response(status, &[("content-encoding", "gzip")], &gzip(content))).await
}

/// Reads a text that is sent with these headers.
async fn text(codings: &[&str], body: &[u8]) -> Result<Text, Error> {
    let headers: Vec<_> = codings.iter().map(|coding| ("content-encoding", *coding)).collect();
    let server = Server::always(raw_response("200 OK", &headers, body)).await;
    CompressedClient::new(server.client()).text().await
}

#[tokio::test]
async fn decompresses_responses() {
    let server = server("200 OK", b"text").await;
    assert_eq!(&*CompressedClient::new(server.client()).text().await.unwrap(), "text");
    let accepted = accepted().await;
    assert_eq!(server.only().header("accept-encoding"), Some(&*accepted));
    assert!(accepted.split(", ").all(|coding| ["gzip", "br", "zstd"].contains(&coding)), "{accepted}");
}

#[tokio::test]
async fn limits_apply_to_decompressed_bytes() {
    // It compresses to less than each limit.
    let bomb = vec![b'a'; 1 << 20];
    let client = |server: &Server| {
        let builder = client_builder(&server.base).limit(1 << 16).error_limit(1 << 14).line_limit(1 << 15);
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

#[tokio::test]
async fn decompresses_all_members() {
    let zeros = [0; 7];
    let large: String = (0..20_000).map(|number| number.to_string()).collect();
    for (body, expected) in [
        ([gzip(b"one, "), gzip(b""), gzip(b"two, "), gzip(b"three")].concat(), "one, two, three"),
        ([gzip(b"padded"), zeros.to_vec()].concat(), "padded"),
        ([gzip(b"a"), zeros.to_vec(), gzip(b"b")].concat(), "ab"),
        ([gzip(&large.as_bytes()[..50_000]), gzip(&large.as_bytes()[50_000..])].concat(), &large),
    ] {
        assert_eq!(text(&["gzip"], &body).await.unwrap(), expected);
    }
}

#[tokio::test]
async fn rejects_what_is_not_gzip_to_its_end() {
    let whole = gzip(b"the first member");
    let mut wrong_checksum = whole.clone();
    let at = wrong_checksum.len() - 8;
    wrong_checksum[at] ^= 1;
    for body in [
        whole[..whole.len() - 1].to_vec(),
        whole[..5].to_vec(),
        wrong_checksum,
        [&whole[..], b"garbage"].concat(),
        [&whole[..], &whole[..12]].concat(),
        b"plain text".to_vec(),
    ] {
        let error = text(&["gzip"], &body).await.unwrap_err();
        assert!(error.is_body() && error.status().unwrap() == 200, "{error:?}");
    }
}

#[tokio::test]
async fn knows_aliases_and_several_codings() {
    let (once, twice) = (gzip(b"text"), gzip(&gzip(b"text")));
    for (codings, body) in [
        (&["GZIP"][..], &once),
        (&["x-gzip"], &once),
        (&["X-GZip, identity"], &once),
        (&["identity", "gzip"], &once),
        (&["gzip, gzip"], &twice),
        (&["gzip", "x-gzip"], &twice),
    ] {
        assert_eq!(text(codings, body).await.unwrap(), "text", "{codings:?}");
    }
    assert_eq!(text(&["identity"], b"text").await.unwrap(), "text");
    assert_eq!(text(&["gzip"], b"").await.unwrap(), "", "an empty body");
}

/// What is asked for is decoded under each of its names, alone and together with gzip.
#[tokio::test]
async fn decodes_every_coding_that_it_accepts() {
    let accepted = accepted().await;
    for (coding, encode) in [("br", brotli as fn(&[u8]) -> Vec<u8>), ("zstd", zstd)] {
        let body = encode(b"text");
        if !accepted.split(", ").any(|accepted| accepted == coding) {
            let error = text(&[coding], &body).await.unwrap_err();
            assert!(error.is_decode() && error.to_string().contains("which is not decoded: enable the feature"));
            continue;
        }
        let upper = coding.to_uppercase();
        for (codings, body) in [
            (&[coding][..], &body),
            (&[&upper], &body),
            (&["identity", &upper], &body),
            (&[coding, "GZIP"], &gzip(&body)),
            (&[&format!("gzip, {upper}")], &encode(&gzip(b"text"))),
            (&[coding, coding], &encode(&body)),
        ] {
            assert_eq!(text(codings, body).await.unwrap(), "text", "{codings:?}");
        }
        assert_eq!(text(&[coding], b"").await.unwrap(), "", "an empty body");
        let garbage = [&body[..], b"MARK"].concat();
        for invalid in
            [&body[..body.len() - 1], &body[..2], b"MARK MARK", if coding == "br" { b"MARK" } else { &garbage }]
        {
            let error = text(&[coding], invalid).await.unwrap_err();
            assert!(error.is_body() && error.status().unwrap() == 200, "{coding}: {error:?}");
            assert!(!printed(&error).contains("MARK"));
        }
    }
    if accepted.contains("zstd") {
        let members = [zstd(b"one, "), zstd(b"two")].concat();
        assert_eq!(text(&["zstd"], &members).await.unwrap(), "one, two");
        let bomb = zstd_repeat(1 << 17).repeat(1 << 10);
        let error = text(&["zstd"], &bomb).await.unwrap_err();
        assert!(error.is_body() && error.to_string().contains("exceeds its limit"), "{error}");
    }
}

#[tokio::test]
async fn names_a_coding_that_is_not_decoded() {
    for (coding, expected) in [
        ("deflate", "compressed with `deflate`, which is not decoded"),
        ("gzip, x-compress", "compressed with `compress`, which is not decoded"),
        ("gzip, gzip, gzip", "compressed with `gzip`, and the transport did not decode it"),
        ("mark", "an unknown content coding, which is not decoded"),
    ] {
        let error = text(&[coding], b"body").await.unwrap_err();
        assert!(error.is_decode() && error.status().unwrap() == 200, "{error:?}");
        assert!(error.to_string().contains(expected) && !error.to_string().contains("mark"), "{error}");
    }
}

#[tokio::test]
async fn leaves_a_coding_to_the_caller_who_asks_for_it() {
    let (seen, client) = responding(|_| {
        let response = http::Response::builder().header("content-encoding", "br");
        response.body(Body::from("compressed")).unwrap()
    });
    let options = CallOptions::new().header("Accept-Encoding", "br");
    let body = CompressedClient::new(client).binary(options).await.unwrap();
    assert_eq!((&body[..], &seen.only().headers()["accept-encoding"]), (&b"compressed"[..], &"br".parse().unwrap()));
}

#[tokio::test]
async fn keeps_the_length_of_a_response_to_head() {
    let response = b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 1234\r\n\r\n";
    let server = Server::always(response.to_vec()).await;
    let head = CompressedClient::new(server.client()).head().await.unwrap();
    assert_eq!(head.headers()["content-length"], "1234");
    assert_eq!(head.headers()["content-encoding"], "gzip");
    assert_eq!(server.only().header("accept-encoding"), Some(&*accepted().await));
}

#[tokio::test]
async fn asks_for_no_part_of_something_compressed() {
    let server = Server::always(raw_response("206 Partial Content", &[], b"part")).await;
    let options = CallOptions::new().header("Range", "bytes=0-3");
    assert_eq!(&CompressedClient::new(server.client()).binary(options).await.unwrap()[..], b"part");
    assert_eq!(server.only().header("accept-encoding"), Some("identity"));
}
