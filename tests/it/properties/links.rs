//! A link never leads to another origin, and a `Link` header is read however it is written.

use futures_util::FutureExt as _;
use http::HeaderValue;
use http::header::{LINK, LOCATION};
use kestra_auth::{Body, Error, Link, Response, Text, api};
use proptest::collection::vec;
use proptest::prelude::*;
use url::Url;

use super::{text, url_of};
use crate::support::responding;

#[api]
trait Links {
    #[get]
    async fn follow(&self, #[url] link: &Link) -> Result<(), Error>;

    #[get("/start")]
    async fn start(&self) -> Result<Text, Error>;
}

/// References that try to leave the origin, and others.
fn reference() -> impl Strategy<Value = String> {
    let authority = "(//|\\\\\\\\|/\\\\|///)?(localhost:8080|localhost|evil|a@localhost:8080|localhost:8080@evil)?";
    prop_oneof![
        ("(https?:|HTTP:|javascript:)?", authority, "[/\\\\?#.%2ea\t ]{0,6}")
            .prop_map(|parts| [parts.0, parts.1, parts.2].concat()),
        text(),
    ]
}

/// A link as a server writes it: the target, the relation types, and the value of the header.
fn link_value() -> impl Strategy<Value = (String, Vec<String>, String)> {
    let target = "/[a-z0-9,;=?&%\"']{0,8}";
    let relations = vec("[a-z]{1,6}", 1..3);
    let quoted = "\"([ -!#-\\[\\]-~]|\\\\[\"\\\\a]){0,8}\"";
    let parameter = (prop_oneof!["title", "type", "anchor\\*"], prop_oneof!["[a-z/0-9]{1,8}", quoted]);
    let parameters = (vec(parameter.clone(), 0..3), "rel|REL", vec(parameter, 0..3));
    (target, relations, parameters, "[ \t]?").prop_map(|(target, relations, (before, rel, after), blank)| {
        let relation = if relations.len() == 1 { relations[0].clone() } else { format!("\"{}\"", relations.join(" ")) };
        let rel = (rel, relation);
        let parameters = before.iter().chain([&rel]).chain(&after);
        let parameters: String =
            parameters.flat_map(|(name, value)| [&blank, ";", &blank, name, "=", value].map(str::to_owned)).collect();
        (target.clone(), relations, format!("<{target}>{parameters}"))
    })
}

proptest! {
    #[test]
    fn a_link_stays_within_the_origin(text in reference()) {
        // `url_of` compares the origin.
        if let Ok(link) = Link::parse(&text) {
            let _ = url_of(async |client| LinksClient::new(client).follow(&link).await);
        }
    }

    #[test]
    fn a_redirect_stays_within_the_origin(location in reference()) {
        let Ok(location) = HeaderValue::from_str(&location) else { return Ok(()) };
        let (seen, client) = responding(move |request| {
            let mut response = http::Response::new(Body::empty());
            if request.uri().path() == "/start" {
                *response.status_mut() = http::StatusCode::FOUND;
                response.headers_mut().insert(LOCATION, location.clone());
            }
            response
        });
        let _ = LinksClient::new(client).start().now_or_never().unwrap();
        for request in seen.all() {
            let url = Url::parse(&request.uri().to_string()).unwrap();
            prop_assert_eq!(url.host_str(), Some("localhost"));
            prop_assert!(matches!((url.scheme(), url.port()), ("http" | "https", None)), "{}", url);
        }
    }

    #[test]
    fn finds_each_link_of_a_header(links in vec(link_value(), 1..4), in_one in any::<bool>()) {
        let texts: Vec<&str> = links.iter().map(|(.., text)| text.as_str()).collect();
        let joined = texts.join(", ");
        let values = if in_one { vec![joined.as_str()] } else { texts };
        let headers = values.iter().map(|value| (LINK, HeaderValue::from_str(value).unwrap())).collect();
        let response = Response::new(()).with_headers(headers);
        for (_, relations, _) in &links {
            for relation in relations {
                let (target, ..) = links.iter().find(|(_, relations, _)| relations.contains(relation)).unwrap();
                let found = response.link(relation);
                prop_assert_eq!(found.as_ref().map(Link::as_str), Some(target.as_str()));
            }
        }
    }

    #[test]
    fn a_malformed_link_header_is_ignored(value in vec(any::<u8>(), 0..40)) {
        let Ok(value) = HeaderValue::from_bytes(&value) else { return Ok(()) };
        let headers = http::HeaderMap::from_iter([(LINK, value)]);
        if let Some(link) = Response::new(()).with_headers(headers).link("next") {
            prop_assert!(Link::parse(link.as_str()).is_ok());
        }
    }
}
