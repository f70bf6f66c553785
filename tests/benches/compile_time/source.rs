//! The source of the crates that are measured.

use std::fmt::Write as _;
use std::path::Path;

const ENDPOINTS_PER_TRAIT: usize = 10;

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    /// Only the models, which the two others have as well.
    Models,
    ByHand,
    Declared,
}

impl Kind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Models => "models",
            Self::ByHand => "by-hand",
            Self::Declared => "declared",
        }
    }
}

/// The dependencies, which are the same for all kinds.
pub(crate) fn dependencies(root: &Path) -> String {
    format!(
        "kestra-auth = {{ path = {:?}, default-features = false }}\n\
         percent-encoding = \"2.3\"\n\
         reqwest = {{ version = \"0.13\", default-features = false, features = [\"json\", \"query\"] }}\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\n",
        root.join("kestra-auth").display().to_string()
    )
}

/// A file beside the traits, whose function is changed to see what compiling the crate again costs.
pub(crate) fn beside(number: usize) -> String {
    format!("pub fn number() -> usize {{\n    {number}\n}}\n")
}

/// The library: modules with a model and ten endpoints each.
pub(crate) fn library(kind: Kind, size: usize) -> String {
    let mut text = String::from("pub mod beside;\n\n");
    for group in 0..size / ENDPOINTS_PER_TRAIT {
        writeln!(text, "pub mod group{group} {{").unwrap();
        text.push_str(MODEL);
        match kind {
            Kind::Models => {}
            Kind::ByHand => by_hand(&mut text, group),
            Kind::Declared => declared(&mut text, group),
        }
        text.push_str("}\n");
    }
    text
}

const MODEL: &str = "
    #[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
    pub struct Flow {
        pub id: String,
        pub namespace: String,
        pub revision: Option<u32>,
        pub disabled: bool,
        pub labels: Vec<String>,
        pub description: Option<String>,
    }
";

fn declared(text: &mut String, group: usize) {
    text.push_str("    use kestra_auth::{api, Error};\n\n    #[api]\n    pub trait FlowsApi {\n");
    for number in 0..ENDPOINTS_PER_TRAIT {
        if number % 2 == 0 {
            writeln!(
                text,
                "        #[get(\"/api/v1/group{group}/flows{number}/{{namespace}}\")]\n        \
                 async fn find{number}(&self, namespace: &str, #[query] page: Option<u32>, #[query] q: &str) \
                 -> Result<Flow, Error>;"
            )
        } else {
            writeln!(
                text,
                "        #[post(\"/api/v1/group{group}/flows{number}/{{namespace}}\")]\n        \
                 async fn create{number}(&self, namespace: &str, #[query] dry_run: Option<bool>, #[json] flow: &Flow) \
                 -> Result<Flow, Error>;"
            )
        }
        .unwrap();
    }
    text.push_str("    }\n");
}

fn by_hand(text: &mut String, group: usize) {
    text.push_str(
        "    use percent_encoding::{utf8_percent_encode, NON_ALPHANUMERIC};\n    use reqwest::header::ACCEPT;\n    \
         use reqwest::{Client, Error};\n\n",
    );
    for number in 0..ENDPOINTS_PER_TRAIT {
        let (name, params, verb, query, body) = if number % 2 == 0 {
            ("find", "page: Option<u32>, q: &str", "get", "&[(\"page\", page)]).query(&[(\"q\", q)]", "")
        } else {
            (
                "create",
                "dry_run: Option<bool>, flow: &Flow",
                "post",
                "&[(\"dry_run\", dry_run)]",
                "\n            .json(flow)",
            )
        };
        writeln!(
            text,
            "    pub async fn {name}{number}(client: &Client, base: &str, namespace: &str, {params}) -> Result<Flow, Error> {{
        let namespace = utf8_percent_encode(namespace, NON_ALPHANUMERIC);
        client
            .{verb}(format!(\"{{base}}/api/v1/group{group}/flows{number}/{{namespace}}\"))
            .header(ACCEPT, \"application/json\")
            .query({query}){body}
            .send()
            .await?
            .error_for_status()?
            .json()
            .await
    }}"
        )
        .unwrap();
    }
}

/// A program that calls each endpoint once, because the code of a method is generated where it is called.
pub(crate) fn program(kind: Kind, size: usize) -> String {
    let mut text = String::from("#![allow(unused)]\n");
    let groups = 0..size / ENDPOINTS_PER_TRAIT;
    let krate = format!("{}_{size}", kind.name().replace('-', "_"));
    for group in groups.clone() {
        let client = match kind {
            Kind::Declared => "client: &kestra_auth::Client",
            Kind::ByHand | Kind::Models => "client: &reqwest::Client",
        };
        writeln!(text, "async fn group{group}({client}) {{\n    use {krate}::group{group}::*;").unwrap();
        text.push_str(
            "    let flow = Flow { id: \"a\".into(), namespace: \"b\".into(), revision: None, disabled: false, \
             labels: vec![], description: None };\n",
        );
        if kind == Kind::Declared {
            text.push_str("    let api = FlowsApiClient::new(client.clone());\n");
        }
        for number in 0..ENDPOINTS_PER_TRAIT {
            let (name, args) =
                if number % 2 == 0 { ("find", "Some(1), \"x\"") } else { ("create", "Some(true), &flow") };
            match kind {
                Kind::Models => Ok(()),
                Kind::ByHand => {
                    writeln!(text, "    drop({name}{number}(client, \"http://localhost\", \"main\", {args}).await);")
                }
                Kind::Declared => writeln!(text, "    drop(api.{name}{number}(\"main\", {args}).await);"),
            }
            .unwrap();
        }
        text.push_str("}\n");
    }
    text.push_str("\nasync fn all() {\n");
    match kind {
        Kind::Declared => {
            text.push_str("    let client = &kestra_auth::Client::builder(\"http://localhost\").build().unwrap();\n");
        }
        Kind::ByHand | Kind::Models => text.push_str("    let client = &reqwest::Client::new();\n"),
    }
    for group in groups {
        writeln!(text, "    group{group}(client).await;").unwrap();
    }
    text.push_str(
        "}\n\nfn main() {\n    let mut context = std::task::Context::from_waker(std::task::Waker::noop());\n    \
         let _ = std::pin::pin!(all()).as_mut().poll(&mut context);\n}\n",
    );
    text
}
