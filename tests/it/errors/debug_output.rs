//! The `Debug` output of everything that holds a value.

use std::fmt;

use http::StatusCode;
use http::header::{HeaderMap, SET_COOKIE};
use kestra_auth::{
    ApiClient, AuthApiClient, AuthMethods, Binary, Body, Client, Error, InvitationUserRequest, Json,
    ResetPasswordRequest, Response, Text,
};

use super::{LeakyClient, assert_no_mark, marked, options};

#[test]
fn debug_output_prints_no_value() {
    let builder = || marked(Client::builder("http://MARK-140:MARK-141@localhost/MARK-142").bearer_token("MARK-143"));
    let client = builder().build().unwrap().with_options(options().bearer_token("MARK-144"));
    let user = InvitationUserRequest::new("MARK-145", "MARK-146", "MARK-147");
    let reset = ResetPasswordRequest::new().token("MARK-148").password("MARK-149");
    let methods: AuthMethods = serde_json::from_str(r#"{"saml": "MARK-150"}"#).unwrap();
    let headers = HeaderMap::from_iter([(SET_COOKIE, "MARK-151".parse().unwrap())]);
    let shown: [&dyn fmt::Debug; 14] = [
        &builder(),
        &client,
        &AuthApiClient::new(client.clone()),
        &LeakyClient::new(client.clone()).with_options(options()),
        &options().bearer_token("MARK-152").basic_auth("MARK-153", "MARK-154"),
        &user,
        &reset,
        &methods,
        &Response::new("MARK-155").with_headers(headers.clone()),
        &Text("MARK-156".to_owned()),
        &Binary("MARK-157".into()),
        &Json("MARK-158"),
        &Body::from("MARK-159"),
        &Error::from_status(StatusCode::CONFLICT).with_body("MARK-160").with_headers(headers),
    ];
    for value in shown {
        assert_no_mark(&format!("{value:?}\n{value:#?}"));
    }
}
