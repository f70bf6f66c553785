//! The calls, written by hand.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderValue, Method, Request};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use kestra_auth::AuthMethods;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;

use crate::ours::{EMAIL, INVITATION, user};

const JSON: &str = "application/json";

/// The least that a call can cost: hyper's client with a pool, without TLS, redirects, time limit or limit of size.
pub(crate) async fn hyper(base: &str, calls: u32) {
    let client = Client::builder(TokioExecutor::new()).build_http();
    let user = user();
    for call in 0..calls {
        match call % 3 {
            0 => {
                let request = Request::get(format!("{base}/api/v1/auths"));
                drop(send::<AuthMethods>(&client, request, Bytes::new()).await);
            }
            1 => {
                let email = utf8_percent_encode(EMAIL, NON_ALPHANUMERIC);
                let request = Request::get(format!("{base}/api/v1/forgotten-password?username={email}"));
                drop(send::<Value>(&client, request, Bytes::new()).await);
            }
            _ => {
                let id = utf8_percent_encode(INVITATION, NON_ALPHANUMERIC);
                let request = Request::post(format!("{base}/api/v1/invitation/create/{id}")).header(CONTENT_TYPE, JSON);
                drop(send::<Value>(&client, request, serde_json::to_vec(&user).unwrap().into()).await);
            }
        }
    }
}

async fn send<T: DeserializeOwned>(
    client: &Client<HttpConnector, Full<Bytes>>,
    request: http::request::Builder,
    body: Bytes,
) -> T {
    let request = request.header(ACCEPT, JSON).body(Full::new(body)).unwrap();
    let response = client.request(request).await.unwrap();
    assert!(response.status().is_success());
    serde_json::from_slice(&response.into_body().collect().await.unwrap().to_bytes()).unwrap()
}

/// What reqwest's documentation shows.
pub(crate) async fn idiom(base: &str, calls: u32) {
    let client = reqwest::Client::new();
    let user = user();
    for call in 0..calls {
        match call % 3 {
            0 => {
                let request = client.get(format!("{base}/api/v1/auths")).header(ACCEPT, JSON);
                drop(request.send().await.unwrap().error_for_status().unwrap().json::<AuthMethods>().await.unwrap());
            }
            1 => {
                let request = client
                    .get(format!("{base}/api/v1/forgotten-password"))
                    .query(&[("username", EMAIL)])
                    .header(ACCEPT, JSON);
                drop(request.send().await.unwrap().error_for_status().unwrap().json::<Value>().await.unwrap());
            }
            _ => {
                let request = client
                    .post(format!("{base}/api/v1/invitation/create/{INVITATION}"))
                    .header(ACCEPT, JSON)
                    .json(&user);
                drop(request.send().await.unwrap().error_for_status().unwrap().json::<Value>().await.unwrap());
            }
        }
    }
}

/// What reqwest allows to save: requests without a builder, a constant URL that is parsed once, and static headers.
pub(crate) async fn leanest(base: &str, calls: u32) {
    let client = reqwest::Client::new();
    let user = user();
    let index = Url::parse(&format!("{base}/api/v1/auths")).unwrap();
    for call in 0..calls {
        match call % 3 {
            0 => drop(execute::<AuthMethods>(&client, reqwest::Request::new(Method::GET, index.clone())).await),
            1 => {
                let email = utf8_percent_encode(EMAIL, NON_ALPHANUMERIC);
                let url = Url::parse(&format!("{base}/api/v1/forgotten-password?username={email}")).unwrap();
                drop(execute::<Value>(&client, reqwest::Request::new(Method::GET, url)).await);
            }
            _ => {
                let url = Url::parse(&format!("{base}/api/v1/invitation/create/{INVITATION}")).unwrap();
                let mut request = reqwest::Request::new(Method::POST, url);
                request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(JSON));
                *request.body_mut() = Some(serde_json::to_vec(&user).unwrap().into());
                drop(execute::<Value>(&client, request).await);
            }
        }
    }
}

async fn execute<T: DeserializeOwned>(client: &reqwest::Client, mut request: reqwest::Request) -> T {
    request.headers_mut().insert(ACCEPT, HeaderValue::from_static(JSON));
    let response = client.execute(request).await.unwrap();
    assert!(response.status().is_success());
    serde_json::from_slice(&response.bytes().await.unwrap()).unwrap()
}
