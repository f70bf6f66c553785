//! Query parameters.

use std::collections::BTreeMap;
use std::fmt;

use kestra_auth::{Error, api};
use serde::{Serialize, Serializer};

use crate::support::memory_client;

#[api]
trait Queries {
    #[get("/plain")]
    async fn plain(&self, #[query] username: Option<&str>, #[query("q r")] q: &[Option<&str>]) -> Result<(), Error>;

    #[get("/joined")]
    async fn joined(
        &self,
        #[query("c", csv)] csv: &[&str],
        #[query("s", ssv)] ssv: Option<&[u8]>,
        #[query("t", tsv)] tsv: Vec<u8>,
        #[query("p", pipes)] pipes: &[Option<u8>],
    ) -> Result<(), Error>;

    #[get("/separated")]
    async fn separated(
        &self,
        #[query("s", ssv)] spaces: &[&str],
        #[query("t", tsv)] tabs: &[&str],
        #[query("p", pipes)] pipes: &[&str],
    ) -> Result<(), Error>;

    #[get("/flatten")]
    async fn flatten<T: Serialize>(&self, #[query] before: u8, #[query(flatten)] filter: &T) -> Result<(), Error>;

    #[get("/deep")]
    async fn deep<T: Serialize>(&self, #[query("filter", deep_object)] filter: &T) -> Result<(), Error>;

    #[get("/flag")]
    async fn flag(&self, #[query(flag)] verbose: bool, #[query("dry run", flag)] dry: bool) -> Result<(), Error>;

    #[get("/encoded")]
    async fn encoded(&self, #[query("a%20b", encoded)] value: &str) -> Result<(), Error>;

    #[get("/encoded_flatten")]
    async fn encoded_flatten(&self, #[query(flatten, encoded)] pairs: &[(&str, &str)]) -> Result<(), Error>;

    #[get("/display")]
    async fn display(
        &self,
        #[query(display)] v: Option<Version>,
        #[query("vs", csv, display)] vs: &[Version],
    ) -> Result<(), Error>;

    #[get("/with")]
    async fn with(&self, #[query(with = "hexadecimal")] v: u32) -> Result<(), Error>;
}

#[api(rename_all = "camelCase")]
trait Renamed {
    #[post("/{flow_id}")]
    #[allow(clippy::too_many_arguments, reason = "one of each kind")]
    async fn all(
        &self,
        flow_id: &str,
        #[query] page_size: u8,
        #[query("sort_by")] sort: &str,
        #[query(flag)] dry_run: bool,
        #[query(csv)] only_these: &[u8],
        #[query(flatten)] rest: &Filter,
        #[cookie] session_id: &str,
        #[field] first_name: &str,
    ) -> Result<(), Error>;
}

#[derive(Clone, Copy)]
struct Version(u8, u8);

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0, self.1)
    }
}

#[derive(Default, Serialize)]
struct Filter {
    min_size: Option<u32>,
    labels: Vec<&'static str>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde's `with` has it")]
fn hexadecimal<S: Serializer>(value: &u32, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{value:x}"))
}

/// The query of a call, or the text of its error after the endpoint.
macro_rules! query {
    ($method:ident($($value:expr),*)) => {{
        let (seen, client) = memory_client("http://localhost", "");
        match QueriesClient::new(client).$method($($value),*).await {
            Ok(()) => Ok(seen.only().uri().query().map(str::to_owned)),
            Err(error) => {
                assert!(error.is_build() && seen.count() == 0, "{error:?}");
                Err(error.to_string().split_once(": ").unwrap().1.to_owned())
            }
        }
    }};
}

macro_rules! assert_query {
    ($method:ident($($value:expr),*), $expected:expr) => {
        assert_eq!(query!($method($($value),*)).unwrap().as_deref(), $expected);
    };
}

#[tokio::test]
async fn repeats_the_name_for_each_value() {
    assert_query!(plain(Some("a b+c&d=\u{e4}"), &[]), Some("username=a%20b%2Bc%26d%3D%C3%A4"));
    assert_query!(plain(None, &[Some("1"), None, Some("")]), Some("q%20r=1&q%20r="));
    assert_query!(plain(Some(""), &[]), Some("username="));
    assert_query!(plain(None, &[]), None);
}

#[tokio::test]
async fn joins_sequences_by_their_separator() {
    assert_query!(
        joined(&["a,b", "c d"], Some(&[1, 2]), vec![3, 4], &[Some(5), None, Some(6)]),
        Some("c=a%2Cb,c%20d&s=1%202&t=3%094&p=5%7C6")
    );
    assert_query!(joined(&[], None, vec![], &[None]), None);
    assert_query!(joined(&[""], None, vec![], &[]), Some("c="));
}

#[tokio::test]
async fn rejects_items_that_contain_their_separator() {
    assert_query!(separated(&["a,b"], &["a|b"], &["a b"]), Some("s=a%2Cb&t=a%7Cb&p=a%20b"));
    for (result, says) in [
        (query!(separated(&["MARK 1"], &[], &[])), "query parameter `s` has an item that contains a space"),
        (query!(separated(&[], &["x", "MARK\t"], &[])), "query parameter `t` has an item that contains a tab"),
        (query!(separated(&[], &[], &["x", "|MARK"])), "query parameter `p` has an item that contains `|`"),
    ] {
        let error = result.unwrap_err();
        assert!(error.starts_with(says) && !error.contains("MARK"), "{error}");
    }
}

#[tokio::test]
async fn flattens_structs_maps_and_pairs() {
    let filter = Filter { min_size: Some(3), labels: vec!["a", "b c"] };
    assert_query!(flatten(1, &filter), Some("before=1&min_size=3&labels=a&labels=b%20c"));
    assert_query!(flatten(1, &Filter::default()), Some("before=1"));
    assert_query!(flatten(1, &BTreeMap::from([("a b", 1), ("c", 2)])), Some("before=1&a%20b=1&c=2"));
    assert_query!(flatten(1, &vec![("x", Some("1")), ("y", None), ("x", Some("2"))]), Some("before=1&x=1&x=2"));
    assert_query!(flatten(1, &None::<Filter>), Some("before=1"));
    assert!(query!(flatten(1, &7)).unwrap_err().starts_with("query parameter `filter` is not a struct"));
    let nested = BTreeMap::from([("a", BTreeMap::from([("b", 1)]))]);
    assert!(query!(flatten(1, &nested)).unwrap_err().starts_with("query parameter `filter`"));
}

#[tokio::test]
async fn writes_deep_objects_in_brackets() {
    #[derive(Serialize)]
    struct Deep {
        a: u8,
        b: BTreeMap<&'static str, Option<u8>>,
        list: Vec<u8>,
        none: Option<u8>,
    }
    let deep = Deep { a: 1, b: BTreeMap::from([("x y", Some(2)), ("z", None)]), list: vec![3, 4], none: None };
    let query = query!(deep(&deep)).unwrap().unwrap();
    assert!(query.starts_with("filter%5Ba%5D=1&filter%5Bb%5D%5Bx%20y%5D=2"), "{query}");
    assert!(query.contains('3') && query.contains('4') && !query.contains("none"), "{query}");
    assert_query!(deep(&None::<Deep>), None);
}

#[tokio::test]
async fn writes_flags_without_a_value() {
    assert_query!(flag(true, true), Some("verbose&dry%20run"));
    assert_query!(flag(false, true), Some("dry%20run"));
    assert_query!(flag(false, false), None);
}

#[tokio::test]
async fn keeps_encoded_names_and_values() {
    assert_query!(encoded("x%2Fy+z/?:@"), Some("a%20b=x%2Fy+z/?:@"));
    // As in Retrofit, whatever a query can hold is kept, even `&`.
    assert_query!(encoded("a&b"), Some("a%20b=a&b"));
    for bad in ["a b", "a#b", "50%", "\u{e4}"] {
        let text = query!(encoded(bad)).unwrap_err();
        assert!(text.contains("`a b`") && text.contains("not encoded"), "{bad}: {text}");
    }
    assert_query!(encoded_flatten(&[("a%20b", "%41"), ("c", "d+e")]), Some("a%20b=%41&c=d+e"));
    for bad in [("a b", "1"), ("a", "1 2")] {
        assert!(query!(encoded_flatten(&[bad])).unwrap_err().contains("not encoded"), "{bad:?}");
    }
}

#[tokio::test]
async fn encodes_by_display_or_by_a_function() {
    assert_query!(display(Some(Version(1, 2)), &[Version(3, 4), Version(5, 6)]), Some("v=1.2&vs=3.4,5.6"));
    assert_query!(display(None, &[]), None);
    assert_query!(with(255), Some("v=ff"));
}

/// Not to headers, cookies, or the fields of what is flattened.
#[tokio::test]
async fn rename_all_applies_to_names_of_query_and_fields() {
    let (seen, client) = memory_client("http://localhost", "");
    let filter = Filter { min_size: Some(1), labels: vec![] };
    RenamedClient::new(client).all("f", 2, "x", true, &[1, 2], &filter, "s", "Ada").await.unwrap();
    let request = seen.only();
    assert_eq!(request.uri().query(), Some("pageSize=2&sort_by=x&dryRun&onlyThese=1,2&min_size=1"));
    assert_eq!(request.headers()["cookie"], "session_id=s");
    assert_eq!(request.body(), "firstName=Ada");
}
