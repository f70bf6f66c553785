use std::collections::BTreeMap;

use serde_json::json;

use super::super::url::Target;
use super::super::writer::FormPairs;
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

fn query(value: &(impl Serialize + ?Sized), name: &str, style: Style) -> Result<String, Fault> {
    let mut target = Target::new("", 0);
    write(value, name, style, &mut target).map(|()| target.into_url().replace("%5B", "[").replace("%5D", "]"))
}

#[expect(clippy::unnecessary_wraps, reason = "as the function that it is compared with")]
fn ok(text: &str) -> Result<String, Fault> {
    Ok(text.to_owned())
}

#[test]
fn flat() {
    assert_eq!(query(&filter(None), "", Style::Flat), ok("?text=a%20b&tags=x&tags=y"));
    assert_eq!(query(&BTreeMap::from([("b", Some(1)), ("a", None)]), "", Style::Flat), ok("?b=1"));
    assert_eq!(query(&[("k", "v"), ("k", "w")][..], "", Style::Flat), ok("?k=v&k=w"));
    assert_eq!(query(&vec![("a", vec![1, 2])], "", Style::Flat), ok("?a=1&a=2"));
    assert_eq!(query(&json!({"a": [1, null], "b": null}), "", Style::Flat), ok("?a=1"));
    assert_eq!(query(&json!([["a", 1]]), "", Style::Flat), ok("?a=1"));
    assert_eq!(query(&None::<Filter>, "", Style::Flat), ok(""));
    assert_eq!(query(&BTreeMap::from([(1, "x y")]), "", Style::Flat), ok("?1=x%20y"));
    let inner = Some(Inner { from: 1, parts: vec![] });
    assert_eq!(query(&filter(inner), "", Style::Flat), Err(Fault::Nested));
    assert_eq!(query(&"text", "", Style::Flat), Err(Fault::NoFields));
    assert_eq!(query(&vec!["text"], "", Style::Flat), Err(Fault::NoPair));
    assert_eq!(query(&vec![("a", "b", "c")], "", Style::Flat), Err(Fault::NoPair));
}

#[test]
fn nested() {
    let value = || filter(Some(Inner { from: 1, parts: vec![Part { id: 7 }, Part { id: 8 }] }));
    assert_eq!(
        query(&value(), "filter", Style::Deep),
        ok("?filter[text]=a%20b&filter[tags]=x&filter[tags]=y&filter[inner][from]=1\
            &filter[inner][parts][0][id]=7&filter[inner][parts][1][id]=8")
    );
    assert_eq!(
        query(&value(), "", Style::Brackets),
        ok("?text=a%20b&tags[0]=x&tags[1]=y&inner[from]=1&inner[parts][0][id]=7&inner[parts][1][id]=8")
    );
    assert_eq!(
        query(&value(), "", Style::Dots),
        ok("?text=a%20b&tags=x&tags=y&inner.from=1&inner.parts[0].id=7&inner.parts[1].id=8")
    );
    assert_eq!(query(&json!({"a": [[1]]}), "", Style::Brackets), ok("?a[0][0]=1"));
    assert_eq!(query(&json!({"a": [[1]]}), "f", Style::Deep), Err(Fault::NestedSequence));
}

#[test]
fn variants_are_objects_of_one_key() {
    #[derive(Serialize)]
    enum Change {
        Rename(&'static str),
        Move { to: u8 },
    }
    assert_eq!(query(&Change::Rename("x"), "c", Style::Deep), ok("?c[Rename]=x"));
    assert_eq!(query(&Change::Move { to: 1 }, "c", Style::Dots), ok("?c.Move.to=1"));
}

#[test]
fn forms_have_plus_for_a_space() {
    let mut form = FormPairs::default();
    write(&[("a b", "c+d&e=é*")][..], "", Style::Flat, &mut form).unwrap();
    assert_eq!(form.0, "a+b=c%2Bd%26e%3D%C3%A9*");
}
