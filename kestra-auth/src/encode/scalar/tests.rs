use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use serde_json::json;

use super::super::url::Target;
use super::super::writer::{HeaderSink, JoinedSink, PathSink, QuerySink};
use super::*;

#[derive(Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum State {
    InProgress,
    #[serde(rename = "done!")]
    Done,
    With(u8),
}

#[derive(Serialize)]
struct Id(u64);

#[derive(Serialize)]
struct Unit;

fn path(value: &(impl Serialize + ?Sized)) -> Result<String, Fault> {
    let mut target = Target::new("", 0);
    value.serialize(Scalar::new(&mut PathSink { target: &mut target, encoded: false })).map(|()| target.into_url())
}

fn query(value: &(impl Serialize + ?Sized)) -> Result<String, Fault> {
    let mut target = Target::new("", 0);
    value
        .serialize(Scalar::new(&mut QuerySink { target: &mut target, name: "n", encoded: false }))
        .map(|()| target.into_url())
}

fn csv(value: &(impl Serialize + ?Sized)) -> Result<String, Fault> {
    let mut target = Target::new("", 0);
    let mut sink = JoinedSink { target: &mut target, name: "n", separator: ",", started: false };
    value.serialize(Scalar::new(&mut sink)).map(|()| target.into_url())
}

#[expect(clippy::unnecessary_wraps, reason = "as the functions that it is compared with")]
fn ok(text: &str) -> Result<String, Fault> {
    Ok(text.to_owned())
}

#[test]
fn scalars_print_as_display() {
    assert_eq!(path("a/b"), ok("a%2Fb"));
    assert_eq!(path(&'é'), ok("%C3%A9"));
    assert_eq!(path(&true), ok("true"));
    assert_eq!(path(&i8::MIN), ok("-128"));
    assert_eq!(path(&u128::MAX), ok("340282366920938463463374607431768211455"));
    assert_eq!(path(&0.1f32), ok("0.1"));
    assert_eq!(path(&1.0f64), ok("1"));
    assert_eq!(path(&-1.5e-7f64), ok("-0.00000015"));
    assert_eq!(path(&State::InProgress), ok("IN_PROGRESS"));
    assert_eq!(path(&State::Done), ok("done%21"));
    assert_eq!(path(&Id(7)), ok("7"));
    assert_eq!(path(&Ipv4Addr::LOCALHOST), ok("127.0.0.1"));
    assert_eq!(path(&json!("x y")), ok("x%20y"));
    assert_eq!(path(&Some(3)), ok("3"));
}

#[test]
fn what_is_no_scalar_says_what_it_is() {
    assert_eq!(path(&None::<u8>), Err(Fault::None));
    assert_eq!(path(&()), Err(Fault::None));
    assert_eq!(path(&f64::NAN), Err(Fault::NotFinite));
    assert_eq!(path(&f32::INFINITY), Err(Fault::NotFinite));
    assert_eq!(path(&vec![1]), Err(Fault::Sequence));
    assert_eq!(query(&(1, 2)), Err(Fault::Tuple));
    assert_eq!(query(&[1u8; 16]), Err(Fault::Tuple));
    assert_eq!(query(&BTreeMap::from([("a", 1)])), Err(Fault::Map));
    assert_eq!(query(&json!({"a": 1})), Err(Fault::Map));
    assert_eq!(query(&State::With(1)), Err(Fault::Variant));
    assert_eq!(query(&Unit), Err(Fault::NoText));
    assert_eq!(query(&vec![vec![1]]), Err(Fault::NestedSequence));
}

#[test]
fn sequences_repeat_the_name() {
    assert_eq!(query(&[1, 2][..]), ok("?n=1&n=2"));
    assert_eq!(query(&vec![Some("a b"), None, Some("")]), ok("?n=a%20b&n="));
    assert_eq!(query(&Some(vec!["x"])), ok("?n=x"));
    assert_eq!(query(&Vec::<u8>::new()), ok(""));
    assert_eq!(query(&None::<Vec<u8>>), ok(""));
    assert_eq!(query(&json!(["a", null, 2])), ok("?n=a&n=2"));
    assert_eq!(query(""), ok("?n="));
}

#[test]
fn csv_joins_with_a_bare_comma() {
    assert_eq!(csv(&["a,b", "c"][..]), ok("?n=a%2Cb,c"));
    assert_eq!(csv(&["", ""][..]), ok("?n=,"));
    assert_eq!(csv(&[None::<u8>][..]), ok(""));
    assert_eq!(csv(&Vec::<u8>::new()), ok(""));
    assert_eq!(csv("one"), ok("?n=one"));
}

#[test]
fn headers_refuse_what_splits_them() {
    let name = http::HeaderName::from_static("x-n");
    for bad in ["a\r\nb", "a\nb", "a\0b", "\u{7f}"] {
        let mut headers = http::HeaderMap::new();
        let mut sink = HeaderSink { headers: &mut headers, name: &name, sensitive: false };
        assert_eq!(bad.serialize(Scalar::new(&mut sink)), Err(Fault::Header), "{bad:?}");
        assert!(headers.is_empty());
    }
    let mut headers = http::HeaderMap::new();
    let mut sink = HeaderSink { headers: &mut headers, name: &name, sensitive: true };
    assert_eq!(vec!["a", "b"].serialize(Scalar::new(&mut sink)), Ok(()));
    assert_eq!(headers.get_all(&name).iter().filter(|value| value.is_sensitive()).count(), 2);
}
