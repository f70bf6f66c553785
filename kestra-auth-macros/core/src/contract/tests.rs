//! Traits and models against documents: what a document allows is silent, and each single change of a document is
//! one mismatch at its token.

mod documents;
mod endpoints;
mod expectations;
mod false_alarms;
mod graphs;
pub(crate) mod matrix;
mod models;
mod public_documents;
mod references;
mod schemas;
mod versions;

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::atomic::{AtomicUsize, Ordering};

use proc_macro2::{TokenStream, TokenTree};

const DOCUMENT: &str = include_str!("tests/document.yaml");
const TRAIT: &str = include_str!("tests/trait.txt");
const MODELS: &str = include_str!("tests/models.txt");

/// A document in a file of its own, which is removed with it.
struct TestDocument(PathBuf);

/// A `compile_error!` of an expansion: the token that it points at, and its message.
#[derive(Debug, PartialEq)]
struct Reported {
    token: String,
    message: String,
}

impl TestDocument {
    fn new(text: &str) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("kestra-auth-{}-{number}.yaml", std::process::id()));
        std::fs::write(&path, text).unwrap();
        Self(path)
    }

    fn path(&self) -> &Path {
        &self.0
    }

    /// Expands a trait with `#[api(…, openapi(path = …, …))]`.
    fn expand(&self, arguments: &str, openapi: &str, item: &str) -> TokenStream {
        expand(&format!("{arguments} openapi(path = {:?} {openapi})", self.path()), item)
    }

    /// The errors of the trait that all tests share, or of a variation of it.
    fn check(&self, item: &str) -> Vec<Reported> {
        reported(self.expand("base = \"/api/v1\",", ", client_sends(\"X-Tenant\")", item))
    }

    /// The expansions of the models that all tests share.
    fn expand_models(&self) -> TokenStream {
        let models = MODELS.replace("DOCUMENT", &self.path().to_string_lossy());
        models.split("---").map(expand_model).collect()
    }
}

impl Drop for TestDocument {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn expand(arguments: &str, item: &str) -> TokenStream {
    crate::pipeline::expand_api(TokenStream::from_str(arguments).unwrap(), &TokenStream::from_str(item).unwrap())
}

fn expand_model(item: &str) -> TokenStream {
    super::model_check::expand(TokenStream::from_str(item).unwrap())
}

/// The errors of an expansion, each of which has the grammar of all messages.
fn reported(tokens: TokenStream) -> Vec<Reported> {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut reported = Vec::new();
    for window in trees.windows(3) {
        if let [TokenTree::Ident(name), TokenTree::Punct(_), TokenTree::Group(group)] = window
            && name == "compile_error"
        {
            let message: syn::LitStr = syn::parse2(group.stream()).unwrap();
            let message = message.value();
            assert!(message.contains("\nhelp: "), "{message}");
            reported.push(Reported { token: name.span().source_text().unwrap_or_default(), message });
        }
    }
    reported
}

/// The only error of an expansion.
fn only(reported: Vec<Reported>) -> Reported {
    let Ok([only]) = <[Reported; 1]>::try_from(reported) else { panic!("expected one error") };
    only
}

fn change(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}
