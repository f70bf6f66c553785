//! What a document can do to the compiler: be read or be one error, without a panic and in little time.
#![allow(missing_docs, reason = "a program for developers")]

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::str::FromStr as _;
use std::time::{Duration, Instant};

use bolero::check;
use kestra_auth_macros_core::generate::{ContractDocument, Options, generate_file};
use kestra_auth_macros_core::{derive_contract, expand_api};
use proc_macro2::TokenStream;

/// Far more than any of these small documents needs.
const LIMIT: Duration = Duration::from_secs(5);

const SCHEMAS: u8 = 6;

const TRAIT: &str = "trait Items {
    #[get(\"/a/{id}\", none(404))]
    async fn read(&self, id: u64, #[query] q: Option<&str>, #[query] l: &[u32]) -> Result<Option<S0>, ApiError<S1>>;
    #[post(\"/a\")]
    async fn write(&self, #[json] body: &S2) -> Result<Vec<S3>, Error>;
    #[put(\"/a\")]
    async fn send(&self, #[field] f: &str, #[field(\"g\")] g: Option<u8>) -> Result<(), Error>;
}";

/// A document in a file, because documents are kept by their paths.
struct File(PathBuf);

impl File {
    fn new(name: &str, text: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("kestra-auth-fuzz-{}-{name}.yaml", std::process::id()));
        fs::write(&path, text).unwrap();
        Self(path)
    }

    /// Generates code for the document, and compares a trait and models with it.
    fn use_everywhere(&self) {
        let start = Instant::now();
        let options = Options { contract: ContractDocument::Path("api.yaml".to_owned()), ..Options::default() };
        let _ = generate_file(&self.0, &options);
        let tokens = |text: &str| TokenStream::from_str(text).unwrap();
        let _ = expand_api(tokens(&format!("openapi(path = {:?}, complete)", self.0)), &tokens(TRAIT));
        for schema in 0..SCHEMAS {
            for direction in ["request", "response"] {
                let contract = format!("#[contract(openapi = {:?}, {direction} = \"S{schema}\")]", self.0);
                let _ =
                    derive_contract(tokens(&format!("{contract} struct M<T> {{ a: u8, b: Option<Vec<M<T>>>, c: T }}")));
                let _ = derive_contract(tokens(&format!("{contract} enum M {{ A, #[serde(other)] B }}")));
            }
        }
        assert!(start.elapsed() < LIMIT, "{:?} for {:?}", start.elapsed(), fs::read_to_string(&self.0));
    }
}

/// Appends a schema that the bytes choose, with a few levels and references to any of the schemas, also to itself.
fn schema(text: &mut String, bytes: &mut impl Iterator<Item = u8>, depth: u8) {
    let mut next = || bytes.next().unwrap_or_default();
    let choice = next();
    if depth == 0 || choice.is_multiple_of(4) {
        let leaf = match next() % 10 {
            0 => "{type: string}",
            1 => "{type: [integer, 'null'], format: int64}",
            2 => "{type: 'null'}",
            3 => "{enum: [a, b]}",
            4 => "{const: c, nullable: true}",
            5 => "true",
            6 => "{type: array}",
            7 => "{type: integer, minimum: -1, maximum: 300}",
            8 => "{}",
            _ => "{$ref: '#/components/schemas/S0/properties/a'}",
        };
        text.push_str(leaf);
        return;
    }
    if choice % 4 == 1 {
        let _ = write!(text, "{{$ref: '#/components/schemas/S{}'}}", next() % SCHEMAS);
        return;
    }
    text.push('{');
    let keywords = next();
    for (bit, keyword) in ["allOf", "oneOf", "anyOf"].into_iter().enumerate() {
        if keywords & (1 << bit) != 0 {
            let _ = write!(text, "{keyword}: [");
            for _ in 0..1 + bytes.next().unwrap_or_default() % 3 {
                schema(text, bytes, depth - 1);
                text.push_str(", ");
            }
            text.push_str("], ");
        }
    }
    for (bit, keyword) in ["items", "additionalProperties"].into_iter().enumerate() {
        if keywords & (8 << bit) != 0 {
            let _ = write!(text, "{keyword}: ");
            schema(text, bytes, depth - 1);
            text.push_str(", ");
        }
    }
    if keywords & 32 != 0 {
        for (name, end) in [("properties: {a", ", "), ("b", "}, ")] {
            let _ = write!(text, "{name}: ");
            schema(text, bytes, depth - 1);
            text.push_str(end);
        }
    }
    for (bit, keyword) in [(64, "required: [a, z], "), (128, "type: object, ")] {
        if keywords & bit != 0 {
            text.push_str(keyword);
        }
    }
    text.push('}');
}

fn document(bytes: &[u8]) -> String {
    let bytes = &mut bytes.iter().copied();
    let mut of = |before: &str, after: &str| {
        let mut text = before.to_owned();
        schema(&mut text, bytes, 3);
        text + after
    };
    let mut text =
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a/{id}:\n    get:\n      operationId: read\n"
            .to_owned();
    text += &of("      parameters:\n        - {name: q, in: query, schema: ", "}\n");
    text += &of("        - {name: l, in: query, schema: ", "}\n");
    text += &of("      responses: {'200': {content: {application/json: {schema: ", "}}}}\n");
    text += &of("  /a:\n    post:\n      requestBody: {content: {application/json: {schema: ", "}}}\n");
    text += &of("      responses: {'201': {content: {application/json: {schema: ", "}}}}\n");
    text += &of("    put:\n      requestBody: {content: {application/x-www-form-urlencoded: {schema: ", "}}}\n");
    text += "components:\n  schemas:\n";
    for number in 0..SCHEMAS {
        text += &of(&format!("    S{number}: "), "\n");
    }
    text
}

#[test]
fn any_graph_of_schemas_takes_little_time() {
    check!().for_each(|bytes: &[u8]| File::new("graph", document(bytes).as_bytes()).use_everywhere());
}

#[test]
fn any_text_is_a_document_or_an_error() {
    check!().for_each(|bytes: &[u8]| File::new("text", bytes).use_everywhere());
}
