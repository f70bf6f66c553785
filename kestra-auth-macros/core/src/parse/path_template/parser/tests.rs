use super::*;
use crate::parse::path_template::Source;
use crate::parse::path_template::encode::{encode_name, encoded_name};

fn literal(text: &str) -> Piece {
    Piece::Literal(text.to_owned())
}

fn value(name: &str) -> Piece {
    Piece::Value(name.to_owned())
}

fn optional(name: &str) -> Piece {
    Piece::Optional(name.to_owned())
}

fn rest(name: &str) -> Piece {
    Piece::Rest { name: name.to_owned(), own_slash: true }
}

/// Parses a template that is right.
fn parsed(text: &str) -> Template {
    let (template, errors) = parse_text(text);
    assert_eq!(errors, [""; 0], "{text}");
    template
}

/// Parses a template that has one error, which contains `says`.
fn rejected(text: &str, says: &str) -> Template {
    let (template, errors) = parse_text(text);
    assert!(matches!(&*errors, [error] if error.contains(says)), "{text}: {errors:?}");
    template
}

#[test]
fn reads_plain_templates_like_any_others() {
    for text in ["/api/v1/flows", "/{a}", "/flows/{name_space}/x-y/{id}", "/{a}/{a}", "/{a.b}", "/_"] {
        assert_eq!(plain(text).map(|template| (template, Vec::new())), Some(parse_any(text)), "{text}");
    }
    for text in [
        "", "/", "/a/", "/a//b", "/a.b", "/..", "/{a}b", "/{a?}", "/{**a}", "/{}", "/{", "/{a", "/:a", "/a?b=c",
        "/%2e", "a", "/{a}{b}",
    ] {
        assert_eq!(plain(text), None, "{text}");
    }
}

#[test]
fn splits_templates_into_pieces() {
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
        ("/{a.b}", vec![literal("/"), value("a.b")], None),
        ("/a/{b?}", vec![literal("/a"), optional("b")], None),
        ("/a/{b?}/c", vec![literal("/a"), optional("b"), literal("/c")], None),
        ("/a/{**b}/c", vec![literal("/a"), rest("b"), literal("/c")], None),
        ("/a/v{**b}", vec![literal("/a/v"), Piece::Rest { name: "b".into(), own_slash: false }], None),
        ("/search?kind=flow", vec![literal("/search")], Some("kind=flow")),
        ("/search?u=a//b?c", vec![literal("/search")], Some("u=a//b?c")),
        ("/search?at=10:30&x=:", vec![literal("/search")], Some("at=10:30&x=:")),
        ("/s?it's", vec![literal("/s")], Some("it%27s")),
        ("/caf\u{e9}/%7Bx%7d", vec![literal("/caf%C3%A9/%7Bx%7d")], None),
        ("/a[b]|c^d\"e<f`", vec![literal("/a%5Bb%5D%7Cc%5Ed%22e%3Cf%60")], None),
        ("/a!$&'()*+,;=:@~", vec![literal("/a!$&'()*+,;=:@~")], None),
        ("/.../..a/.b", vec![literal("/.../..a/.b")], None),
        ("/.{a}", vec![literal("/."), value("a")], None),
    ] {
        let template = parsed(text);
        assert_eq!(template.pieces, pieces, "{text}");
        assert_eq!(template.query.as_deref(), query, "{text}");
    }
}

#[test]
fn keeps_literals_that_resemble_placeholders() {
    for (text, kept) in [
        ("/v1/{name}:cancel", "/v1/"),
        ("/v1:batch", "/v1:batch"),
        ("/$metadata", "/$metadata"),
        ("/*/_search", "/*/_search"),
        ("/*", "/*"),
        ("/a*b", "/a*b"),
        ("/a&b", "/a&b"),
        ("/%3Aid", "/%3Aid"),
        ("/a[0]", "/a%5B0%5D"),
        ("/:/a", "/:/a"),
    ] {
        assert_eq!(parsed(text).pieces[0], literal(kept), "{text}");
    }
}

#[test]
fn reports_one_error_for_each_invalid_template() {
    for (text, says) in [
        ("", "the path is empty"),
        ("api/v1", "found `api/v1`\nhelp: write \"/api/v1\""),
        (" /api", "write \"/api\""),
        ("./api", "write \"/api\""),
        ("GET /api", "write \"/api\""),
        ("v1.0/api", "write \"/v1.0/api\""),
        ("https://h/api", "write \"/api\" here"),
        ("http://h", "write \"/\" here"),
        ("api.example.com/users", "found the host `api.example.com`\nhelp: write \"/users\" here"),
        ("localhost:8080/users", "found the host `localhost:8080`"),
        ("//h/api", "starts with `//`"),
        ("/a//b", "empty segment `//`"),
        ("/a#b", "fragment `#b`"),
        ("/a?b#c?d", "fragment `#c?d`"),
        ("/a/../b", "dot segment `..`"),
        ("/a/.", "dot segment `.`"),
        ("/a/%2e%2E/b", "dot segment `%2e%2E` in the path, which URL parsers resolve as `..`"),
        ("/a/.%2e", "dot segment `.%2e`"),
        ("/a b", "unexpected space in `a b`"),
        ("/a\\b", "unexpected backslash in `a\\b`"),
        ("/a\tb", "control character `\\t`"),
        ("/a\u{7f}b", "control character `\\u{7f}`"),
        ("/a/{b", "unclosed placeholder `{b`\nhelp: write `{b}`"),
        ("/a/{b/c", "unclosed placeholder `{b`"),
        ("/a/b}", "unmatched `}` in the path\nhelp: write `{b}`"),
        ("/a/{{b}}", "invalid placeholder `{{b}}`\nhelp: write `{b}`"),
        ("/a/{}", "missing name in the placeholder `{}`"),
        ("/a/{ }", "missing name in the placeholder `{ }`"),
        ("/a/{**}", "as in `{**rest}`"),
        ("/a/{b c}", "invalid placeholder `{b c}`\nhelp: write `{name}`, `{name?}`"),
        ("/a/{1}", "invalid placeholder `{1}`"),
        ("/a/x{b?}", "`{b?}` must be alone in its segment"),
        ("/a/{**b}c", "`{**b}` must be at the end of its segment"),
        ("/a?", "the query after `?` is empty\nhelp: remove"),
        ("/a/{b}?", "or write `/{b?}` for an optional segment"),
        ("/a%2", "invalid percent-encoding `%2`"),
        ("/a%zz", "invalid percent-encoding `%zz`"),
        ("/a%", "invalid percent-encoding `%`"),
        ("/100%\u{e9}", "invalid percent-encoding `%\u{e9}`"),
        ("/a?b=%x", "invalid percent-encoding `%x`"),
        ("/a?b= ", "unexpected space"),
    ] {
        rejected(text, says);
    }
}

#[test]
fn reads_placeholders_of_other_frameworks_as_ours() {
    for (text, says, piece) in [
        ("/:id", "invalid placeholder `:id`\nhelp: write `{id}`, or `%3A` for a literal `:`", value("id")),
        ("/:id.json", "write `{id}.json`", value("id")),
        (
            "/:id/:post",
            "invalid placeholders `:id` and `:post`\nhelp: write `{id}` and `{post}`, or `%3A`",
            value("post"),
        ),
        ("/:id?", "invalid placeholder `:id?`\nhelp: write `{id?}`", optional("id")),
        ("/<id>", "invalid placeholder `<id>`\nhelp: write `{id}`, or `%3C` for a literal `<`", value("id")),
        ("/<int:id>", "write `{id}`", value("id")),
        ("/<path..>", "write `{**path}`", rest("path")),
        ("/<path:rest>", "write `{**rest}`", rest("rest")),
        ("/*rest", "invalid placeholder `*rest`\nhelp: write `{**rest}`", rest("rest")),
        ("/**", "invalid placeholder `**`\nhelp: write `{**rest}`", rest("rest")),
        ("/[id]", "invalid placeholder `[id]`\nhelp: write `{id}`", value("id")),
        ("/[...rest]", "write `{**rest}`", rest("rest")),
        ("/${id}", "invalid placeholder `${id}`\nhelp: write `{id}`", value("id")),
        ("/#{id}", "invalid placeholder `#{id}`\nhelp: write `{id}`", value("id")),
        ("/{ id }", "invalid placeholder `{ id }`\nhelp: write `{id}`", value("id")),
        ("/{id:int}", "its type is that of the argument\nhelp: write `{id}`", value("id")),
        ("/{id: u32}", "write `{id}`", value("id")),
        ("/{id:[0-9]+}", "write `{id}`", value("id")),
        ("/{id=1}", "write `{id}`", value("id")),
        ("/{id:int?}", "write `{id?}`", optional("id")),
        ("/{*rest}", "invalid placeholder `{*rest}`\nhelp: write `{**rest}` for the rest", rest("rest")),
        ("/{**rest?}", "write `{**rest}`", rest("rest")),
        ("/{+path}", "write `{**path}`", rest("path")),
        ("/{path+}", "write `{**path}`", rest("path")),
        ("/{path..}", "write `{**path}`", rest("path")),
        ("/{path:path}", "write `{**path}`", rest("path")),
        ("/{path:.*}", "write `{**path}`", rest("path")),
    ] {
        let pieces = rejected(text, says).pieces;
        assert!(pieces.contains(&piece), "{text}: {pieces:?}");
    }
}

#[test]
fn reads_variables_of_the_query_as_arguments() {
    for (text, says, names, query) in [
        (
            "/s?q={q}",
            "unexpected variable `{q}` in the query, which is constant\nhelp: remove it, and write `#[query] q: T`",
            &["q"][..],
            None,
        ),
        ("/s?q={text}&page={page}", "`#[query(\"q\")] text: T`, `#[query] page: T`", &["text", "page"], None),
        ("/s?kind=flow&q={q?}", "`#[query] q: T`", &["q"], Some("kind=flow")),
        ("/s?q=:q", "unexpected variable `:q`", &["q"], None),
        ("/s?<q>&<page>", "unexpected variable `<q>`", &["q", "page"], None),
        ("/s?q=<q>", "`#[query] q: T`", &["q"], None),
        ("/s?<filter..>", "`#[query(flatten)] filter: &T`", &["filter"], None),
        ("/s{?q,page}", "invalid placeholder `{?q,page}`: the query is made of arguments", &["q", "page"], None),
        ("/s&q={q}", "unexpected `&q=` in the path, whose query starts with `?`", &["q", "q"], None),
    ] {
        let template = rejected(text, says);
        assert_eq!(template.query_variables, names, "{text}");
        assert_eq!(template.query.as_deref(), query, "{text}");
        assert_eq!(template.pieces, [literal("/s")], "{text}");
    }
}

#[test]
fn reports_an_error_for_each_invalid_segment() {
    let (_, errors) = parse_text("/a b/../{}?#x");
    assert_eq!(errors.len(), 5, "{errors:?}");
}

#[test]
fn counts_placeholders_without_a_usable_name() {
    assert_eq!(parse_text("/{}/{0}/{a}").0.unnamed, 2);
}

#[test]
fn names_the_parameters_of_the_query() {
    assert_eq!(parsed("/s?a=1&b&c%20d=2").query_names().collect::<Vec<_>>(), ["a", "b", "c%20d"]);
    assert_eq!(parsed("/s").query_names().count(), 0);
}

#[test]
fn joins_bases_and_templates() {
    use Source::{Call, Client};
    let join = |base: &[Piece], path: &str| join(base, &parsed(path));
    assert_eq!(join(&[literal("/api")], "/x/{a}"), [(Client, literal("/api/x/")), (Call, value("a"))]);
    assert_eq!(join(&[literal("")], "/"), [(Call, literal("/"))]);
    assert_eq!(
        join(&[literal("/"), value("t")], "/x"),
        [(Client, literal("/")), (Client, value("t")), (Call, literal("/x"))]
    );
    assert_eq!(join(&[literal("/api")], "/{a?}"), [(Client, literal("/api")), (Call, optional("a"))]);
}

#[test]
fn checks_encoded_names() {
    assert_eq!(encoded_name("pi%20ng"), Ok(()));
    for wrong in ["a=b", "a&b", "a b", "%2", "ids[]", "\u{e9}"] {
        assert!(encoded_name(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn encodes_names() {
    for (name, encoded) in
        [("a-b._~", "a-b._~"), ("a+=& b", "a%2B%3D%26%20b"), ("ids[]", "ids%5B%5D"), ("\u{e9}", "%C3%A9")]
    {
        assert_eq!(encode_name(name), encoded);
    }
}
