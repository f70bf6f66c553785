//! Path templates, and the parameters that fill their placeholders.

use std::fmt;

use kestra_auth::{Error, api};
use secrecy::SecretString;
use serde::Serializer;

use crate::support::{Seen, client_builder, memory_client};

#[api]
trait Paths {
    #[get("/flows/{flow}")]
    async fn plain(&self, flow: &str) -> Result<(), Error>;

    #[get("/invitations/{invitationId}")]
    async fn named(&self, #[path("invitationId")] id: u64) -> Result<(), Error>;

    #[get("/v{major}.{minor}/{a}-{a}/{b}:run")]
    async fn inside(&self, major: u8, minor: u8, a: &str, b: &str) -> Result<(), Error>;

    #[get("/a/{value}")]
    async fn encoded(&self, #[path(encoded)] value: &str) -> Result<(), Error>;

    #[get("/a/{**value}")]
    async fn encoded_rest(&self, #[path(encoded)] value: &str) -> Result<(), Error>;

    #[get("/flows/{namespace?}/{id?}/tail")]
    async fn optional(&self, namespace: Option<&str>, id: Option<u32>) -> Result<(), Error>;

    #[get("/opt/{id?}")]
    async fn encoded_optional(&self, #[path("id", encoded)] id: Option<&str>) -> Result<(), Error>;

    #[get("/files/{**rest}")]
    async fn rest(&self, rest: &str) -> Result<(), Error>;

    #[get("/files/x{**rest}")]
    async fn rest_in_segment(&self, rest: &str) -> Result<(), Error>;

    #[get("/search?kind=flow&fl%61g")]
    async fn literal_query(&self, #[query] q: Option<&str>) -> Result<(), Error>;

    #[get("/a:b@c!$&'()*+,;=~_-./%2F/\u{e4}")]
    async fn literals(&self) -> Result<(), Error>;

    #[get("/")]
    async fn root(&self) -> Result<(), Error>;

    #[get("/shown/{value}")]
    async fn display(&self, #[path(display)] value: Version) -> Result<(), Error>;

    #[get("/users/{ids}")]
    async fn list(&self, ids: &[&str]) -> Result<(), Error>;

    #[get("/users/{ids}.json")]
    async fn list_in_segment(&self, ids: Vec<u64>) -> Result<(), Error>;

    #[get("/users/{ids?}/tail")]
    async fn optional_list(&self, ids: Option<&[Option<u8>]>) -> Result<(), Error>;

    #[get("/encoded/{ids}")]
    async fn encoded_list(&self, #[path(encoded)] ids: &[&str]) -> Result<(), Error>;

    #[get("/shown_list/{ids}")]
    async fn shown_list(&self, #[path(display)] ids: &[Version]) -> Result<(), Error>;

    #[get("/secret/{ids}")]
    async fn secret_list(&self, ids: &[Option<SecretString>]) -> Result<(), Error>;

    #[get("/segments/{**parts}")]
    async fn list_of_segments(&self, parts: Vec<&str>) -> Result<(), Error>;

    #[get("/with/{value}")]
    async fn with(&self, #[path(with = "hexadecimal")] value: u32) -> Result<(), Error>;
}

struct Version(u8, u8);

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.0, self.1)
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde's `with` has it")]
fn hexadecimal<S: Serializer>(value: &u32, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{value:x}"))
}

fn paths() -> (Seen, PathsClient) {
    let (seen, client) = memory_client("http://localhost/base/", "");
    (seen, PathsClient::new(client))
}

/// The target of a call after the base URL's path, or the text of its error.
macro_rules! target {
    ($method:ident($($value:expr),*)) => {{
        let (seen, paths) = paths();
        match paths.$method($($value),*).await {
            Ok(()) => Ok(seen.only().uri().path_and_query().unwrap().as_str().strip_prefix("/base").unwrap().to_owned()),
            Err(error) => {
                assert!(error.is_build(), "{error:?}");
                assert_eq!(seen.count(), 0, "nothing is sent");
                Err(error.to_string())
            }
        }
    }};
}

/// The text of an error after the endpoint.
fn rejected(target: Result<String, String>) -> String {
    target.unwrap_err().split_once(": ").unwrap().1.to_owned()
}

#[tokio::test]
async fn encodes_values_as_one_segment() {
    assert_eq!(target!(plain("a b/\u{e4}%+.~_-")).unwrap(), "/flows/a%20b%2F%C3%A4%25%2B.~_-");
    assert_eq!(target!(named(7)).unwrap(), "/invitations/7");
    for bad in ["", ".", ".."] {
        assert!(rejected(target!(plain(bad))).starts_with("path parameter `flow` "), "{bad}");
    }
    assert_eq!(target!(plain("...")).unwrap(), "/flows/...");
}

#[tokio::test]
async fn fills_placeholders_inside_a_segment() {
    assert_eq!(target!(inside(1, 2, "x", "r")).unwrap(), "/v1.2/x-x/r:run");
    // Values that are not a whole segment may be empty or dots.
    assert_eq!(target!(inside(1, 2, "", "..")).unwrap(), "/v1.2/-/..:run");
}

#[tokio::test]
async fn keeps_the_escapes_of_encoded_values() {
    assert_eq!(target!(encoded("a%2Fb%c3 \u{e4}?#:@")).unwrap(), "/a/a%2Fb%c3%20%C3%A4%3F%23:@");
    assert_eq!(target!(encoded("100%")).unwrap(), "/a/100%25");
    assert!(rejected(target!(encoded("a/b"))).contains("slash"));
    for dots in ["%2e", "%2E.", ".%2e"] {
        assert!(target!(encoded(dots)).is_err(), "{dots}");
    }
    assert_eq!(target!(encoded_rest("a/b%2Fc/d e")).unwrap(), "/a/a/b%2Fc/d%20e");
    assert!(rejected(target!(encoded_rest("a/%2e%2e/c"))).starts_with("path parameter `value` "));
    assert_eq!(target!(encoded_optional(Some("a%20b"))).unwrap(), "/opt/a%20b");
    assert_eq!(target!(encoded_optional(None)).unwrap(), "/opt");
}

#[tokio::test]
async fn drops_an_optional_segment_with_its_slash() {
    assert_eq!(target!(optional(Some("a/b"), Some(1))).unwrap(), "/flows/a%2Fb/1/tail");
    assert_eq!(target!(optional(None, Some(1))).unwrap(), "/flows/1/tail");
    assert_eq!(target!(optional(Some("a"), None)).unwrap(), "/flows/a/tail");
    assert_eq!(target!(optional(None, None)).unwrap(), "/flows/tail");
    assert!(rejected(target!(optional(Some(""), None))).starts_with("path parameter `namespace` is empty"));
    assert!(rejected(target!(optional(Some(".."), None))).starts_with("path parameter `namespace` "));
}

#[tokio::test]
async fn keeps_the_slashes_of_a_catch_all() {
    assert_eq!(target!(rest("a/b c/\u{e4}%")).unwrap(), "/files/a/b%20c/%C3%A4%25");
    assert_eq!(target!(rest("")).unwrap(), "/files");
    for bad in ["a//b", "a/./b", "../a", "a/..", "/a"] {
        assert!(rejected(target!(rest(bad))).starts_with("path parameter `rest` "), "{bad}");
    }
    assert_eq!(target!(rest_in_segment("a/b")).unwrap(), "/files/xa/b");
    assert_eq!(target!(rest_in_segment("")).unwrap(), "/files/x");
}

#[tokio::test]
async fn joins_a_list_by_commas() {
    assert_eq!(target!(list(&["1", "2"])).unwrap(), "/users/1,2");
    assert_eq!(target!(list(&["a,b", "c/d e", "100%"])).unwrap(), "/users/a%2Cb,c%2Fd%20e,100%25");
    assert_eq!(target!(list(&["", ""])).unwrap(), "/users/,");
    assert_eq!(target!(list(&[".", "."])).unwrap(), "/users/.,.");
    for empty in [&[][..], &[""]] {
        assert!(rejected(target!(list(empty))).starts_with("path parameter `ids` is empty"));
    }
    for dots in [".", ".."] {
        assert!(rejected(target!(list(&[dots]))).starts_with("path parameter `ids` makes the path segment"));
    }
    assert_eq!(target!(list_in_segment(vec![1, 2])).unwrap(), "/users/1,2.json");
    assert_eq!(target!(list_in_segment(vec![])).unwrap(), "/users/.json");
    assert_eq!(target!(shown_list(&[Version(1, 2), Version(3, 4)])).unwrap(), "/shown_list/1%2F2,3%2F4");
    let secrets = [Some(SecretString::from("a b")), None, Some(SecretString::from("c"))];
    assert_eq!(target!(secret_list(&secrets)).unwrap(), "/secret/a%20b,c");
}

#[tokio::test]
async fn drops_the_segment_of_an_optional_list_without_items() {
    assert_eq!(target!(optional_list(Some(&[Some(1), None, Some(2)]))).unwrap(), "/users/1,2/tail");
    for none in [None, Some(&[][..]), Some(&[None])] {
        assert_eq!(target!(optional_list(none)).unwrap(), "/users/tail");
    }
}

#[tokio::test]
async fn rejects_bare_commas_in_the_items_of_an_encoded_list() {
    assert_eq!(target!(encoded_list(&["a%2Cb", "c d"])).unwrap(), "/encoded/a%2Cb,c%20d");
    assert!(
        rejected(target!(encoded_list(&["a,b"]))).starts_with("path parameter `ids` has an item that contains a comma")
    );
    assert!(rejected(target!(encoded_list(&["a/b"]))).contains("slash"));
}

#[tokio::test]
async fn rejects_a_list_as_a_catch_all() {
    assert!(rejected(target!(list_of_segments(vec!["a", "b"]))).starts_with("path parameter `parts` is a sequence"));
}

#[tokio::test]
async fn puts_the_literal_query_first() {
    assert_eq!(target!(literal_query(Some("a b"))).unwrap(), "/search?kind=flow&fl%61g&q=a%20b");
    assert_eq!(target!(literal_query(None)).unwrap(), "/search?kind=flow&fl%61g");
}

#[tokio::test]
async fn keeps_the_characters_a_path_allows() {
    assert_eq!(target!(literals()).unwrap(), "/a:b@c!$&'()*+,;=~_-./%2F/%C3%A4");
    assert_eq!(target!(root()).unwrap(), "/");
}

#[tokio::test]
async fn encodes_by_display_or_by_a_function() {
    assert_eq!(target!(display(Version(1, 2))).unwrap(), "/shown/1%2F2");
    assert_eq!(target!(with(255)).unwrap(), "/with/ff");
}

#[api(base = "/api/{tenant}/v1")]
trait Based {
    #[get("/flows/{id}")]
    async fn flow(&self, id: &str) -> Result<(), Error>;
}

#[tokio::test]
async fn keeps_the_base_url_as_a_prefix() {
    for (base, path) in [
        ("http://localhost", "/api/ma%2Fin/v1/flows/1"),
        ("http://localhost/", "/api/ma%2Fin/v1/flows/1"),
        ("http://localhost/x/y", "/x/y/api/ma%2Fin/v1/flows/1"),
        ("http://localhost/x/y/", "/x/y/api/ma%2Fin/v1/flows/1"),
    ] {
        let (seen, client) = memory_client(base, "");
        BasedClient::new(client, "ma/in").flow("1").await.unwrap();
        assert_eq!(seen.only().uri().path(), path, "{base}");
    }
    let (seen, client) = memory_client("http://localhost", "");
    let error = BasedClient::new(client, "..").flow("1").await.unwrap_err();
    assert!(error.is_build() && error.to_string().contains("`tenant`"), "{error}");
    assert_eq!(seen.count(), 0);
}

#[test]
fn rejects_invalid_base_urls() {
    for base in ["http://h/?q", "http://h/#f", "ftp://h", "h", "", "http://", "http://h{"] {
        assert!(client_builder(base).build().unwrap_err().is_build(), "{base}");
    }
}
