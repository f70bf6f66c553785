//! Multipart forms, byte for byte.

use std::io;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use futures_util::stream;
use kestra_auth::multipart::{Form, Part};
use kestra_auth::{Body, Error, api};
use serde::Serialize;

use crate::support::{Reply, Server, json_response, memory_client, raw_response};

#[api(rename_all = "camelCase")]
trait Uploads {
    #[post("/form")]
    async fn form(&self, #[multipart] form: Form) -> Result<(), Error>;

    #[post("/maybe")]
    async fn maybe(&self, #[multipart] form: Option<Form>) -> Result<(), Error>;

    #[post("/parts")]
    #[allow(clippy::too_many_arguments, reason = "one of each kind")]
    async fn parts(
        &self,
        #[part] plain_text: &str,
        #[part("s")] string: String,
        #[part("b")] bytes: Bytes,
        #[part("v", media = "application/zip")] vec: Vec<u8>,
        #[part("file", file_name = "a.zip", media = "application/zip")] file: &[u8],
        #[part("none")] none: Option<&str>,
        #[part("many")] many: Vec<&str>,
        #[part("meta", json)] meta: &Meta,
        #[part("nothing", json)] nothing: Option<&Meta>,
        #[part("own", file_name = "default")] own: Part,
    ) -> Result<(), Error>;

    #[post("/only")]
    async fn only(&self, #[part] file: Option<Part>) -> Result<(), Error>;

    #[post("/several")]
    async fn several(
        &self,
        #[part] file: Vec<Part>,
        #[part] names: [&str; 2],
        #[part] more: &[&str],
    ) -> Result<(), Error>;
}

#[derive(Serialize)]
struct Meta {
    size: u8,
}

/// Checks what must hold for every form, and returns the body with `B` for its boundary and `|` for its line breaks.
fn plain(request: &crate::support::Request) -> String {
    let boundary = request.header("content-type").unwrap().strip_prefix("multipart/form-data; boundary=").unwrap();
    assert!(
        (1..=70).contains(&boundary.len()) && boundary.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    );
    assert_eq!(request.header("content-length"), Some(request.body.len().to_string().as_str()));
    request.text().replace(boundary, "B").replace("\r\n", "|")
}

async fn server() -> (Server, UploadsClient) {
    let server = Server::always(json_response("null")).await;
    let client = UploadsClient::new(server.client());
    (server, client)
}

#[tokio::test]
async fn sends_one_part_per_argument() {
    let (server, api) = server().await;
    let own = Part::text("o").media_type("text/x").file_name("mine");
    let bytes = Bytes::from_static(b"b");
    let call =
        api.parts("t", "s".into(), bytes, b"v".to_vec(), b"f", None, vec!["1", "2"], &Meta { size: 3 }, None, own);
    call.await.unwrap();
    assert_eq!(
        plain(&server.only()),
        "--B|Content-Disposition: form-data; name=\"plainText\"||t|\
         --B|Content-Disposition: form-data; name=\"s\"||s|\
         --B|Content-Disposition: form-data; name=\"b\"||b|\
         --B|Content-Disposition: form-data; name=\"v\"|Content-Type: application/zip||v|\
         --B|Content-Disposition: form-data; name=\"file\"; filename=\"a.zip\"|Content-Type: application/zip||f|\
         --B|Content-Disposition: form-data; name=\"many\"||1|\
         --B|Content-Disposition: form-data; name=\"many\"||2|\
         --B|Content-Disposition: form-data; name=\"meta\"|Content-Type: application/json||{\"size\":3}|\
         --B|Content-Disposition: form-data; name=\"own\"; filename=\"mine\"|Content-Type: text/x||o|\
         --B--|"
    );
}

#[tokio::test]
async fn sends_a_form_built_at_run_time() {
    let (server, api) = server().await;
    let form = Form::new()
        .part("a \"q\"\r\n", "x")
        .part("file", Part::bytes(&b"\x00\x01"[..]).file_name("\u{e4} \".yaml"))
        .part("empty", "");
    api.form(form).await.unwrap();
    assert_eq!(
        plain(&server.only()),
        "--B|Content-Disposition: form-data; name=\"a %22q%22%0D%0A\"||x|\
         --B|Content-Disposition: form-data; name=\"file\"; filename=\"\u{e4} %22.yaml\"|\
         Content-Type: application/octet-stream||\u{0}\u{1}|\
         --B|Content-Disposition: form-data; name=\"empty\"|||--B--|"
    );
}

#[tokio::test]
async fn sends_a_part_for_each_item_of_a_sequence() {
    let (server, api) = server().await;
    let files = vec![Part::text("1").file_name("a"), Part::text("2").file_name("b")];
    api.several(files, ["x", "y"], &["z"]).await.unwrap();
    let body = plain(&server.only());
    let names: Vec<&str> = body.split("name=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    // `filename="…"` contains a `name="` as well.
    assert_eq!(names, ["file", "a", "file", "b", "names", "names", "more"]);
}

/// Parts that are all `None` make a form without parts, which is not the same as no form.
#[tokio::test]
async fn sends_no_body_without_a_form() {
    let (seen, client) = memory_client("http://localhost", "");
    UploadsClient::new(client.clone()).maybe(None).await.unwrap();
    UploadsClient::new(client).only(None).await.unwrap();
    let all = seen.all();
    assert!(all[0].headers().get("content-type").is_none() && all[0].body().is_empty());
    assert!(all[1].headers()["content-type"].to_str().unwrap().starts_with("multipart/form-data"));
    assert!(all[1].body().ends_with(b"--\r\n"));
}

fn streamed() -> impl futures_util::Stream<Item = Result<&'static str, io::Error>> {
    stream::iter([Ok("abc"), Ok("de")])
}

#[tokio::test]
async fn sends_streams_of_known_and_unknown_length() {
    let (known, api) = server().await;
    api.only(Some(Part::body(Body::sized(5, streamed())).file_name("s"))).await.unwrap();
    assert!(plain(&known.only()).contains("||abcde|--B--|"));

    let (unknown, api) = server().await;
    api.only(Some(Part::body(Body::from_stream(streamed())))).await.unwrap();
    let request = unknown.only();
    assert_eq!((request.header("content-length"), request.header("transfer-encoding")), (None, Some("chunked")));
    assert!(request.text().contains("\r\n\r\nabcde\r\n--"));
}

#[tokio::test]
async fn reports_progress_of_a_file() {
    let file = std::env::temp_dir().join(format!("kestra-auth-upload-{}.bin", std::process::id()));
    std::fs::write(&file, vec![7; 200_000]).unwrap();
    let (server, api) = server().await;
    let reported = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&reported);
    let body = Body::from_file(&file).await.unwrap().on_progress(move |sent, of| log.lock().unwrap().push((sent, of)));
    api.only(Some(Part::body(body).file_name("a.bin"))).await.unwrap();
    std::fs::remove_file(&file).unwrap();
    let request = server.only();
    assert_eq!(request.header("content-length"), Some(request.body.len().to_string().as_str()));
    let reported = reported.lock().unwrap();
    assert!(reported.len() > 1 && reported.iter().all(|(_, of)| *of == Some(200_000)));
    assert_eq!(reported.last().unwrap().0, 200_000);
    assert!(reported.is_sorted());
}

async fn redirecting() -> (Server, UploadsClient) {
    let server = Server::start(|request| {
        Reply::Bytes(match request.target() {
            "/there" => json_response("null"),
            _ => raw_response("308 Permanent Redirect", &[("location", "/there")], b""),
        })
    })
    .await;
    let client = UploadsClient::new(server.client());
    (server, client)
}

#[tokio::test]
async fn resends_forms_unless_they_hold_a_stream() {
    let (server, api) = redirecting().await;
    api.only(Some(Part::text("x").file_name("f"))).await.unwrap();
    let seen = server.seen();
    assert_eq!((seen.len(), &seen[0].body), (2, &seen[1].body));
    assert_eq!(seen[0].header("content-type"), seen[1].header("content-type"));

    let (server, api) = redirecting().await;
    let error = api.only(Some(Part::body(Body::sized(5, streamed())))).await.unwrap_err();
    assert!(error.is_redirect() && server.seen().len() == 1, "{error:?}");

    let (server, api) = redirecting().await;
    api.only(Some(Part::body(Body::repeatable(|| Body::sized(5, streamed()))))).await.unwrap();
    assert_eq!(server.seen().len(), 2);
}
