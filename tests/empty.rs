#![allow(missing_docs)]
use kestra_auth::{AuthApi, AuthApiClient, Client, InvitationUserRequest};

#[tokio::test]
async fn smoke() {
    let mut server = mockito::Server::new_async().await;
    let m = server
        .mock("GET", "/api/v1/auths")
        .match_header("accept", "application/json")
        .with_body(r#"{"loginPassword":true}"#)
        .create_async()
        .await;
    let auth = AuthApiClient::new(Client::builder(&server.url()).build().unwrap());
    let methods = auth.index().await.unwrap();
    assert_eq!(methods.login_password, Some(true));
    m.assert_async().await;
    let e = auth.create_from_invitation("..", &InvitationUserRequest::new("a", "b", "c")).await.unwrap_err();
    println!("{e}");
    println!("{e:?}");
    let e = auth.forgotten_password("a b").await.unwrap_err();
    println!("{e} {:?}", e.message());
}
