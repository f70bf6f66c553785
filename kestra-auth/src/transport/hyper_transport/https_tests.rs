//! What the transport reports of https where it cannot speak TLS.

use crate::client::Client;

#[tokio::test]
async fn https_needs_the_feature_rustls() {
    let error = Client::builder("https://kestra.test").hyper().build().unwrap_err();
    assert!(error.is_build() && error.to_string().contains("`rustls`"), "{error}");
    let client = Client::builder("http://localhost").hyper().build().unwrap();
    let call = client.with_base("https://kestra.test").unwrap();
    let error = call.request(http::Method::GET, "/").send::<()>().await.unwrap_err();
    assert!(error.is_build() && error.to_string().contains("`rustls`"), "{error}");
}
