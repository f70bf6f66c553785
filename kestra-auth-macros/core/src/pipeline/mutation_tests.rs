//! Expands valid traits that are mutated token by token, with a fixed seed: no input makes the macro panic, and what is
//! not rejected expands to Rust.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

/// Valid traits that together have every form of the syntax.
const TRAITS: [(&str, &str); 8] = [
    (
        r#"base = "/api/{tenant}", client = Flowing, rename_all = "camelCase", headers("X-Api: 2"), anonymous"#,
        r#"pub trait Flows: Clone {
            #[get("/flows/{id}/{rev?}/{**rest}?kind=flow", timeout = "5s", limit = "1MB", retry = "never")]
            async fn flow(&self, id: &str, rev: Option<u32>, rest: &str, #[query(csv)] labels: &[&str]) -> Result<Flow, Error>;
            #[post("/flows", idempotency_key = "X-Key", redirects = "none")]
            async fn create<T: Serialize>(&self, #[json("application/scim+json")] flow: &T) -> Result<Response<Flow>, Error>;
        }"#,
    ),
    (
        "dyn",
        r#"trait Flows {
            #[deprecated] #[must_use]
            #[get("/a", none(404, 410), accept = "text/csv")] async fn a(&self) -> Result<Option<Text>, Error>;
            #[get("/b", also(304), anonymous)] async fn b(&self) -> Result<Response<Option<u8>>, Error>;
            async fn first(&self) -> u8 { self.a().await; 7 }
        }"#,
    ),
    (
        "",
        r#"trait Flows {
            #[http(PURGE, "/cache/{path}")]
            async fn purge<'a>(self: &Self, #[path("path", encoded)] p: &'a str, #[header("X-Id", sensitive)] id: u8, #[headers] h: &HeaderMap) -> Result<(), Error> where Self: Sized;
            #[get] async fn next(&self, #[url] link: &Link, #[options] options: CallOptions) -> Result<(), Error>;
        }"#,
    ),
    (
        "crate = crate::renamed",
        r#"trait Flows<T, const N: usize> where T: Send {
            #[cfg(unix)] #[get("/x")] async fn x(&self, #[cfg(unix)] #[query(flag)] v: bool, #[query(with = "a::b")] w: u8) -> Result<T, Error>;
            #[cfg(windows)] #[get("/x")] async fn x(&self, #[query(display)] v: bool) -> Result<T, Error>;
        }"#,
    ),
    (
        "",
        r#"trait Flows {
            #[put("/f")] async fn f(&self, #[form(brackets)] form: &F) -> Result<(), Error>;
            #[patch("/g")] async fn g(&self, #[field] a: &str, #[field("b", display)] b: u8) -> Result<(), Error>;
            #[put("/r")] async fn r(&self, #[body("text/plain; charset=utf-8")] text: String) -> Result<(), Error>;
            #[get("/s", allow_body)] async fn s(&self, #[json] q: &Q, #[cookie("session")] c: &str) -> Result<(), Error>;
        }"#,
    ),
    (
        r#"base = "/""#,
        r#"trait Flows {
            #[get("/q")] async fn q(&self, #[query(flatten)] f: &F, #[query("g", deep_object)] g: &G, #[query("e", encoded)] e: &str, #[query(flatten, encoded)] h: &[(A, B)]) -> Result<(), Error>;
            #[delete("/{a}-{b}.{c}")] async fn d(&self, a: u8, r#b: u8, #[path("c", with = "x")] other: impl Serialize) -> Result<(), Error>;
        }"#,
    ),
    ("", "trait Empty {}"),
    (
        "",
        r#"#[cfg(all())] pub(crate) trait Flows: Send + 'static + for<'a> Other<&'a u8> {
            #[head("/")] async fn head(&self) -> Result<(), Error>;
            #[options("/o")] async fn options(&self, #[allow(unused)] #[query] _x: [u8; { 1 + 2 }]) -> Result<[u8; 3], Error>;
            fn sync(&self) -> u8 { 7 }
        }"#,
    ),
];

/// Tokens that are likely to break something.
const HOSTILE: [&str; 40] = [
    "\"\"",
    "\"/\"",
    "\"/{\"",
    "\"/}{\"",
    "\"/{}\"",
    "\"/{a?}{b?}\"",
    "\"/{**}\"",
    "\"/{**a?}\"",
    "\"%\"",
    "\"/%zz\"",
    "\"/\\u{0}\"",
    "\"/\\u{1F600}%\\u{e9}\"",
    "\"\\u{e9}: \\u{e9}\"",
    "\":\"",
    "\"a b\"",
    "\"99999999999999999999s\"",
    "\"1\\u{663}s\"",
    "\"Self\"",
    "\"{crate}\"",
    "\"/{self}/{crate}/{r#type}/{_}\"",
    "\"/{type}/{\\u{e9}}\"",
    "b\"x\"",
    "c\"x\"",
    "r#\"/x\"#",
    "'c'",
    "1.5",
    "404",
    "99999999999999999999999999999",
    "-",
    "self",
    "Self",
    "crate",
    "r#type",
    "_",
    "async",
    "unsafe",
    "impl",
    "dyn",
    "'a",
    "::",
];

struct Random(u64);

impl Random {
    /// xorshift64
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below.max(1) as u64).unwrap()
    }
}

fn hostile(random: &mut Random) -> Vec<TokenTree> {
    match random.next(HOSTILE.len() + 4) {
        0 => vec![Group::new(Delimiter::Parenthesis, TokenStream::new()).into()],
        1 => vec![Group::new(Delimiter::None, TokenStream::new()).into()],
        2 => vec![Punct::new(['#', ',', '=', '!', '.', '?', '&', ';'][random.next(8)], Spacing::Alone).into()],
        3 => vec![Group::new(Delimiter::None, TokenTree::from(Literal::string("/x")).into()).into()],
        index => HOSTILE[index - 4].parse::<TokenStream>().unwrap().into_iter().collect(),
    }
}

/// Words of the syntax, and some that are near them.
const WORDS: [&str; 24] = [
    "get",
    "post",
    "head",
    "http",
    "gett",
    "api",
    "query",
    "quer",
    "path",
    "json",
    "form",
    "field",
    "body",
    "url",
    "options",
    "encoded",
    "flatten",
    "csv",
    "flag",
    "display",
    "with_options",
    "T",
    "id",
    "anonymous",
];

/// Returns another token of the same kind, so that the result often parses.
fn replaced(tree: &TokenTree, random: &mut Random) -> TokenTree {
    match tree {
        TokenTree::Literal(literal) => {
            let mut text: Vec<char> = literal.to_string().trim_matches('"').chars().collect();
            let at = random.next(text.len() + 1);
            let some = ['{', '}', '?', '*', '/', ' ', '%', '\u{e9}', '\0', '"', ':', '.', 'a', '7'];
            text.insert(at, some[random.next(some.len())]);
            Literal::string(&text.into_iter().collect::<String>()).into()
        }
        TokenTree::Ident(_) => Ident::new(WORDS[random.next(WORDS.len())], Span::call_site()).into(),
        other => other.clone(),
    }
}

/// Mutates one of the tokens, at any depth.
fn mutate(tokens: TokenStream, random: &mut Random) -> TokenStream {
    let mut trees: Vec<TokenTree> = tokens.into_iter().collect();
    let at = random.next(trees.len());
    if let Some(TokenTree::Group(group)) = trees.get(at)
        && random.next(8) > 0
    {
        trees[at] = Group::new(group.delimiter(), mutate(group.stream(), random)).into();
        return trees.into_iter().collect();
    }
    if trees.is_empty() {
        return hostile(random).into_iter().collect();
    }
    match random.next(12) {
        0 => drop(trees.remove(at)),
        1 => trees.insert(at, trees[at].clone()),
        2 => {
            let other = random.next(trees.len());
            trees.swap(at, other);
        }
        3 => drop(trees.splice(at..=at, hostile(random))),
        4 => drop(trees.splice(at..at, hostile(random))),
        _ => trees[at] = replaced(&trees[at], random),
    }
    trees.into_iter().collect()
}

#[test]
fn accepts_traits_before_mutation() {
    for (args, item) in TRAITS {
        let text = super::expand_api(args.parse().unwrap(), &item.parse().unwrap()).to_string();
        let error = text.find("compile_error !").map(|at| text[at..].chars().take(200).collect::<String>());
        assert_eq!(error, None, "{item}");
    }
}

#[test]
fn mutated_traits_never_panic() {
    const ROUNDS: usize = 10_000;
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let (mut expanded, mut rejected) = (0, 0);
    for round in 0..ROUNDS {
        let (args, item) = TRAITS[round % TRAITS.len()];
        let (mut args, mut item): (TokenStream, TokenStream) = (args.parse().unwrap(), item.parse().unwrap());
        for _ in 0..=random.next(3) {
            if random.next(5) == 0 {
                args = mutate(args, &mut random);
            } else {
                item = mutate(item, &mut random);
            }
        }
        if is_rejected(args, &item) {
            rejected += 1;
        } else {
            expanded += 1;
        }
    }
    assert!(expanded > ROUNDS / 10 && rejected > ROUNDS / 10, "{expanded} expanded, {rejected} rejected");
}

#[test]
fn rejects_what_once_panicked() {
    for (args, item) in [
        ("base = \"/{r#type}/{_}/{self}\"", "trait Flows {}"),
        ("crate = crate::Self", "trait Flows {}"),
        ("crate = crate::renamed::<u8>", "trait Flows {}"),
    ] {
        assert!(is_rejected(args.parse().unwrap(), &item.parse().unwrap()), "{args} {item}");
    }
    // The compiler rejects this one before the macro does.
    assert!(!is_rejected(TokenStream::new(), &"trait Flows<_> {}".parse().unwrap()));
}

/// Returns whether the trait is rejected. If it is not, the expansion has to parse.
fn is_rejected(args: TokenStream, item: &TokenStream) -> bool {
    let shown = format!("#[api({args})] {item}");
    let outcome = std::panic::catch_unwind(|| super::expand_api(args, item)).unwrap_or_else(|_| panic!("{shown}"));
    let text = outcome.to_string();
    let has_error = text.contains("compile_error !");
    assert!(has_error || syn::parse_file(&text).is_ok(), "{shown}\n{text}");
    has_error
}
