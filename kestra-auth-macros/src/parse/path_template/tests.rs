use super::*;

fn literal(text: &str) -> Piece {
    Piece::Literal(text.to_owned())
}

fn value(name: &str) -> Piece {
    Piece::Value(name.to_owned())
}

#[test]
fn templates() {
    for (text, pieces, query) in [
        ("/", vec![literal("/")], None),
        ("/api/v1/auths", vec![literal("/api/v1/auths")], None),
        ("/a/", vec![literal("/a/")], None),
        ("/a/{b}", vec![literal("/a/"), value("b")], None),
        ("/a/{b}/c", vec![literal("/a/"), value("b"), literal("/c")], None),
        ("/{a}{b}", vec![literal("/"), value("a"), value("b")], None),
        ("/{x}-{y}.json", vec![literal("/"), value("x"), literal("-"), value("y"), literal(".json")], None),
        ("/{a}/{a}", vec![literal("/"), value("a"), literal("/"), value("a")], None),
        ("/{kebab-case}", vec![literal("/"), value("kebab-case")], None),
        ("/a/{b?}", vec![literal("/a"), Piece::Optional("b".into())], None),
        ("/a/{b?}/c", vec![literal("/a"), Piece::Optional("b".into()), literal("/c")], None),
        ("/a/{**b}/c", vec![literal("/a"), Piece::Rest { name: "b".into(), own_slash: true }, literal("/c")], None),
        ("/a/v{**b}", vec![literal("/a/v"), Piece::Rest { name: "b".into(), own_slash: false }], None),
        ("/search?kind=flow", vec![literal("/search")], Some("kind=flow")),
        ("/search?u=a//b?c", vec![literal("/search")], Some("u=a//b?c")),
        ("/s?it's", vec![literal("/s")], Some("it%27s")),
        ("/caf\u{e9}/%7Bx%7d", vec![literal("/caf%C3%A9/%7Bx%7d")], None),
        ("/a[b]|c^d\"e<f>`", vec![literal("/a%5Bb%5D%7Cc%5Ed%22e%3Cf%3E%60")], None),
        ("/a!$&'()*+,;=:@~", vec![literal("/a!$&'()*+,;=:@~")], None),
        ("/.../..a/.b", vec![literal("/.../..a/.b")], None),
        ("/.{a}", vec![literal("/."), value("a")], None),
    ] {
        let template = parse(text).unwrap_or_else(|faults| panic!("{text}: {faults:?}"));
        assert_eq!(template.pieces, pieces, "{text}");
        assert_eq!(template.query.as_deref(), query, "{text}");
    }
}

#[test]
fn one_fault_each() {
    for (text, says) in [
        ("", "the path is empty"),
        ("api/v1", "write \"/api/v1\""),
        (" /api", "write \"/api\""),
        ("https://h/api", "write \"/api\" here"),
        ("http://h", "write \"/\" here"),
        ("//h/api", "begins with `//`"),
        ("/a//b", "an empty segment"),
        ("/a#b", "`#b` is a fragment"),
        ("/a?b#c?d", "`#c?d` is a fragment"),
        ("/a/../b", "`..` is the dot segment `..`"),
        ("/a/.", "`.` is the dot segment `.`"),
        ("/a/%2e%2E/b", "`%2e%2E` is the dot segment `..`"),
        ("/a/.%2e", "`.%2e` is the dot segment `..`"),
        ("/a b", "`a b` has a space"),
        ("/a\\b", "a backslash"),
        ("/a\tb", "control character `\\t`"),
        ("/a\u{7f}b", "control character `\\u{7f}`"),
        ("/a/{b", "`{b` opens a placeholder that is not closed"),
        ("/a/b}", "a `}` stands without its `{`"),
        ("/a/{{b}}", "is not closed"),
        ("/a/{}", "`{}` has no name"),
        ("/a/{ }", "`{}` has no name"),
        ("/a/{b c}", "`{b c}` is no placeholder"),
        ("/a/{1}", "`{1}` is no placeholder"),
        ("/a/{*b}", "`{*b}` is no placeholder"),
        ("/a/{**b?}", "`{**b?}` is no placeholder"),
        ("/a/x{b?}", "`{b?}` drops its whole segment"),
        ("/a/{**b}c", "`{**b}` ends its segment"),
        ("/{**a}/{**b}", "has two catch-alls"),
        ("/a?q={b}", "`{b}` stands in the query"),
        ("/a?q={b?}", "`{b}` stands in the query"),
        ("/a?", "a lone `?`"),
        ("/a%2", "`%2` is no percent-encoded byte"),
        ("/a%zz", "`%zz` is no percent-encoded byte"),
        ("/a%", "`%` is no percent-encoded byte"),
        ("/100%\u{e9}", "`%\u{e9}` is no percent-encoded byte"),
        ("/a?b=%x", "`%x` is no percent-encoded byte"),
    ] {
        match parse(text).unwrap_err().as_slice() {
            [fault] => assert!(fault.contains(says), "{text}: {fault}"),
            faults => panic!("{text}: {faults:?}"),
        }
    }
}

#[test]
fn each_segment_has_its_fault() {
    assert_eq!(parse("/a b/../{}?#x").unwrap_err().len(), 5);
}

#[test]
fn bases() {
    for (text, pieces) in [
        ("/", vec![literal("")]),
        ("/api", vec![literal("/api")]),
        ("/api/v1/", vec![literal("/api/v1")]),
        ("/caf\u{e9}", vec![literal("/caf%C3%A9")]),
        ("/api/{tenant}", vec![literal("/api/"), value("tenant")]),
    ] {
        assert_eq!(parse_base(text), Ok(pieces), "{text}");
    }
    for (text, says) in
        [("/{a?}", "write `{a}`"), ("/{**a}", "write `{a}`"), ("/a?b=c", "no query"), ("a", "does not start with `/`")]
    {
        let faults = parse_base(text).unwrap_err();
        assert!(matches!(faults.as_slice(), [fault] if fault.contains(says)), "{text}: {faults:?}");
    }
}

#[test]
fn joined_paths() {
    use Source::{Call, Client};
    let join = |base: &str, path: &str| join(&parse_base(base).unwrap(), &parse(path).unwrap());
    assert_eq!(join("/api", "/x/{a}"), [(Client, literal("/api/x/")), (Call, value("a"))]);
    assert_eq!(join("/", "/"), [(Call, literal("/"))]);
    assert_eq!(join("/{t}", "/x"), [(Client, literal("/")), (Client, value("t")), (Call, literal("/x"))]);
    assert_eq!(join("/api", "/{a?}"), [(Client, literal("/api")), (Call, Piece::Optional("a".into()))]);
}

#[test]
fn encoded_names() {
    assert_eq!(encoded_name("pi%20ng"), Ok(()));
    for wrong in ["a=b", "a&b", "a b", "%2", "ids[]", "\u{e9}"] {
        assert!(encoded_name(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn names_are_encoded() {
    for (name, encoded) in
        [("a-b._~", "a-b._~"), ("a+=& b", "a%2B%3D%26%20b"), ("ids[]", "ids%5B%5D"), ("\u{e9}", "%C3%A9")]
    {
        assert_eq!(encode_name(name), encoded);
    }
}
