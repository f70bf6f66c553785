use std::collections::BTreeMap;

use serde_json::json;

use super::super::form::FormBody;
use super::super::url::UrlBuilder;
use super::*;

#[derive(Serialize)]
struct Filter {
    text: &'static str,
    page: Option<u32>,
    tags: Vec<&'static str>,
    inner: Option<Inner>,
}

#[derive(Serialize)]
struct Inner {
    from: u8,
    parts: Vec<Part>,
}

#[derive(Serialize)]
struct Part {
    id: u8,
}

fn filter(inner: Option<Inner>) -> Filter {
    Filter { text: "a b", page: None, tags: vec!["x", "y"], inner }
}

fn query(value: &(impl Serialize + ?Sized), name: &str, style: NestedStyle) -> Result<String, EncodeError> {
    let mut url = UrlBuilder::new("", 0);
    write(value, name, style, &mut url).map(|()| url.into_string().replace("%5B", "[").replace("%5D", "]"))
}

#[expect(clippy::unnecessary_wraps, reason = "has the type of the function whose result it is compared with")]
fn ok(text: &str) -> Result<String, EncodeError> {
    Ok(text.to_owned())
}

#[test]
fn writes_fields_entries_and_pairs() {
    assert_eq!(query(&filter(None), "", NestedStyle::Flat), ok("?text=a%20b&tags=x&tags=y"));
    assert_eq!(query(&BTreeMap::from([("b", Some(1)), ("a", None)]), "", NestedStyle::Flat), ok("?b=1"));
    assert_eq!(query(&[("k", "v"), ("k", "w")][..], "", NestedStyle::Flat), ok("?k=v&k=w"));
    assert_eq!(query(&vec![("a", vec![1, 2])], "", NestedStyle::Flat), ok("?a=1&a=2"));
    assert_eq!(query(&json!({"a": [1, null], "b": null}), "", NestedStyle::Flat), ok("?a=1"));
    assert_eq!(query(&json!([["a", 1]]), "", NestedStyle::Flat), ok("?a=1"));
    assert_eq!(query(&None::<Filter>, "", NestedStyle::Flat), ok(""));
    assert_eq!(query(&BTreeMap::from([(1, "x y")]), "", NestedStyle::Flat), ok("?1=x%20y"));
    let inner = Some(Inner { from: 1, parts: vec![] });
    assert_eq!(query(&filter(inner), "", NestedStyle::Flat), Err(EncodeError::Nested));
    assert_eq!(query(&"text", "", NestedStyle::Flat), Err(EncodeError::NotFields));
    assert_eq!(query(&vec!["text"], "", NestedStyle::Flat), Err(EncodeError::NotPair));
    assert_eq!(query(&vec![("a", "b", "c")], "", NestedStyle::Flat), Err(EncodeError::NotPair));
}

#[test]
fn names_nested_values_by_style() {
    let value = || filter(Some(Inner { from: 1, parts: vec![Part { id: 7 }, Part { id: 8 }] }));
    assert_eq!(
        query(&value(), "filter", NestedStyle::DeepObject),
        ok("?filter[text]=a%20b&filter[tags]=x&filter[tags]=y&filter[inner][from]=1\
            &filter[inner][parts][0][id]=7&filter[inner][parts][1][id]=8")
    );
    assert_eq!(
        query(&value(), "", NestedStyle::Brackets),
        ok("?text=a%20b&tags[0]=x&tags[1]=y&inner[from]=1&inner[parts][0][id]=7&inner[parts][1][id]=8")
    );
    assert_eq!(
        query(&value(), "", NestedStyle::Dots),
        ok("?text=a%20b&tags=x&tags=y&inner.from=1&inner.parts[0].id=7&inner.parts[1].id=8")
    );
    assert_eq!(query(&json!({"a": [[1]]}), "", NestedStyle::Brackets), ok("?a[0][0]=1"));
    assert_eq!(query(&json!({"a": [[1]]}), "f", NestedStyle::DeepObject), Err(EncodeError::NestedSequence));
}

#[test]
fn writes_variants_as_objects_with_one_key() {
    #[derive(Serialize)]
    enum Change {
        Rename(&'static str),
        Move { to: u8 },
    }
    assert_eq!(query(&Change::Rename("x"), "c", NestedStyle::DeepObject), ok("?c[Rename]=x"));
    assert_eq!(query(&Change::Move { to: 1 }, "c", NestedStyle::Dots), ok("?c.Move.to=1"));
}

#[test]
fn encodes_a_space_in_forms_as_plus() {
    let mut form = FormBody::default();
    write(&[("a b", "c+d&e=é*")][..], "", NestedStyle::Flat, &mut form).unwrap();
    assert_eq!(form.into_string(), "a+b=c%2Bd%26e%3D%C3%A9*");
}
