use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use serde_json::json;

use super::super::form::{FormBody, JoinedFieldWriter};
use super::super::header::HeaderWriter;
use super::super::path::{PathWriter, SegmentValue};
use super::super::query::{JoinedQueryWriter, QueryWriter};
use super::super::separator::Separator;
use super::super::url::UrlBuilder;
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

fn path(value: &(impl Serialize + ?Sized)) -> Result<String, EncodeError> {
    let mut url = UrlBuilder::new("", 0);
    value
        .serialize(ScalarSerializer::new(&mut PathWriter { url: &mut url, value: SegmentValue::new(false) }))
        .map(|()| url.into_string())
}

fn query(value: &(impl Serialize + ?Sized)) -> Result<String, EncodeError> {
    let mut url = UrlBuilder::new("", 0);
    value
        .serialize(ScalarSerializer::new(&mut QueryWriter { url: &mut url, name: "n", encoded: false }))
        .map(|()| url.into_string())
}

fn joined(separator: Separator, value: &(impl Serialize + ?Sized)) -> Result<String, EncodeError> {
    let mut url = UrlBuilder::new("", 0);
    let mut writer = JoinedQueryWriter { url: &mut url, name: "n", separator, started: false };
    value.serialize(ScalarSerializer::new(&mut writer)).map(|()| url.into_string())
}

fn csv(value: &(impl Serialize + ?Sized)) -> Result<String, EncodeError> {
    joined(Separator::Comma, value)
}

fn field(separator: Separator, value: &(impl Serialize + ?Sized)) -> Result<String, EncodeError> {
    let mut form = FormBody::default();
    let mut writer = JoinedFieldWriter { form: &mut form, name: "n", separator, started: false };
    value.serialize(ScalarSerializer::new(&mut writer)).map(|()| form.into_string())
}

#[expect(clippy::unnecessary_wraps, reason = "has the type of the functions whose result it is compared with")]
fn ok(text: &str) -> Result<String, EncodeError> {
    Ok(text.to_owned())
}

#[test]
fn writes_scalars_as_their_display_output() {
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
fn rejects_what_is_not_a_scalar() {
    assert_eq!(path(&None::<u8>), Err(EncodeError::None));
    assert_eq!(path(&()), Err(EncodeError::None));
    assert_eq!(path(&f64::NAN), Err(EncodeError::NotFinite));
    assert_eq!(path(&f32::INFINITY), Err(EncodeError::NotFinite));
    assert_eq!(query(&(1, 2)), Err(EncodeError::Tuple));
    assert_eq!(query(&[1u8; 16]), Err(EncodeError::Tuple));
    assert_eq!(query(&BTreeMap::from([("a", 1)])), Err(EncodeError::Map));
    assert_eq!(query(&json!({"a": 1})), Err(EncodeError::Map));
    assert_eq!(query(&State::With(1)), Err(EncodeError::VariantWithFields));
    assert_eq!(query(&Unit), Err(EncodeError::UnitStruct));
    assert_eq!(query(&vec![vec![1]]), Err(EncodeError::NestedSequence));
}

#[test]
fn repeats_the_name_for_each_item() {
    assert_eq!(query(&[1, 2][..]), ok("?n=1&n=2"));
    assert_eq!(query(&vec![Some("a b"), None, Some("")]), ok("?n=a%20b&n="));
    assert_eq!(query(&Some(vec!["x"])), ok("?n=x"));
    assert_eq!(query(&Vec::<u8>::new()), ok(""));
    assert_eq!(query(&None::<Vec<u8>>), ok(""));
    assert_eq!(query(&json!(["a", null, 2])), ok("?n=a&n=2"));
    assert_eq!(query(""), ok("?n="));
}

#[test]
fn joins_items_with_a_bare_comma() {
    assert_eq!(csv(&["a,b", "c"][..]), ok("?n=a%2Cb,c"));
    assert_eq!(csv(&["", ""][..]), ok("?n=,"));
    assert_eq!(csv(&[None::<u8>][..]), ok(""));
    assert_eq!(csv(&Vec::<u8>::new()), ok(""));
    assert_eq!(csv("one"), ok("?n=one"));
}

#[test]
fn joins_items_in_a_segment() {
    assert_eq!(path(&["a,b", "c/d", "."][..]), ok("a%2Cb,c%2Fd,."));
    assert_eq!(path(&vec![Some(1), None, Some(2)]), ok("1,2"));
    assert_eq!(path(&["", ""][..]), ok(","));
    assert_eq!(path(&Vec::<u8>::new()), ok(""));
    assert_eq!(path(&vec![vec![1]]), Err(EncodeError::NestedSequence));
}

#[test]
fn rejects_items_that_contain_their_separator() {
    for (separator, item) in [(Separator::Space, "a b"), (Separator::Tab, "a\tb"), (Separator::Pipe, "a|b")] {
        let error = EncodeError::ItemWithSeparator(separator);
        assert_eq!(joined(separator, &["x", item][..]), Err(error));
        assert_eq!(joined(separator, item), Err(error));
        assert_eq!(field(separator, &[item][..]), Err(error));
    }
    assert_eq!(joined(Separator::Pipe, &["a b", "c,d"][..]), ok("?n=a%20b%7Cc%2Cd"));
    assert_eq!(joined(Separator::Space, &["a|b", "c\td"][..]), ok("?n=a%7Cb%20c%09d"));
}

#[test]
fn joins_items_in_a_form_field() {
    assert_eq!(field(Separator::Comma, &["a,b", "c d", ""][..]), ok("n=a%2Cb,c+d,"));
    assert_eq!(field(Separator::Space, &[1, 2][..]), ok("n=1+2"));
    assert_eq!(field(Separator::Tab, &[1, 2][..]), ok("n=1%092"));
    assert_eq!(field(Separator::Pipe, &["a b", "c"][..]), ok("n=a+b%7Cc"));
    assert_eq!(field(Separator::Comma, "one"), ok("n=one"));
    assert_eq!(field(Separator::Comma, &Vec::<u8>::new()), ok(""));
}

#[test]
fn rejects_headers_that_would_start_another() {
    let name = http::HeaderName::from_static("x-n");
    for bad in ["a\r\nb", "a\nb", "a\0b", "\u{7f}"] {
        let mut headers = http::HeaderMap::new();
        let mut writer = HeaderWriter { headers: &mut headers, name: &name, sensitive: false };
        assert_eq!(bad.serialize(ScalarSerializer::new(&mut writer)), Err(EncodeError::InvalidHeaderValue), "{bad:?}");
        assert!(headers.is_empty());
    }
    let mut headers = http::HeaderMap::new();
    let mut writer = HeaderWriter { headers: &mut headers, name: &name, sensitive: true };
    assert_eq!(vec!["a", "b"].serialize(ScalarSerializer::new(&mut writer)), Ok(()));
    assert_eq!(headers.get_all(&name).iter().filter(|value| value.is_sensitive()).count(), 2);
}
