//! The crate's `Cargo.toml`, which may name the document of all its traits and models:
//!
//! ```toml
//! [package.metadata.kestra-auth]
//! openapi = "openapi/kestra.yaml"
//! ```

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::value::Value;

struct Cached {
    path: PathBuf,
    text: String,
    document: Result<String, String>,
}

/// The last manifest that was read.
static CACHE: Mutex<Option<Cached>> = Mutex::new(None);

const HELP: &str =
    "write `openapi = \"openapi.yaml\"`, or set `openapi` in `[package.metadata.kestra-auth]` of `Cargo.toml`";

/// The directory that the paths of documents are relative to.
pub(super) fn directory() -> PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default().into()
}

pub(super) fn path() -> PathBuf {
    directory().join("Cargo.toml")
}

/// The path of the default document in a manifest.
pub(crate) fn default_document(manifest: &Path) -> Result<String, String> {
    let text = fs::read_to_string(manifest).map_err(|error| {
        format!("cannot read `Cargo.toml` for the path of the OpenAPI document: {error}\nhelp: {HELP}")
    })?;
    // A panic while the lock was held leaves the last manifest as it was.
    let mut cache = CACHE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(cached) = cache.as_ref().filter(|cached| cached.path == manifest && cached.text == text) {
        return cached.document.clone();
    }
    let document = parse(&text);
    *cache = Some(Cached { path: manifest.to_owned(), text, document: document.clone() });
    document
}

fn parse(text: &str) -> Result<String, String> {
    let manifest: Value = toml::from_str(text)
        .map_err(|error| format!("invalid `Cargo.toml`: {}\nhelp: correct the file", error.message()))?;
    let keys = ["package", "metadata", "kestra-auth", "openapi"];
    match keys.into_iter().try_fold(&manifest, |value, key| value.get(key)) {
        None => Err(format!("missing path of the OpenAPI document\nhelp: {HELP}")),
        Some(Value::String(path)) => Ok(path.clone()),
        Some(_) => {
            let wrong = "expected a string for `openapi` in `[package.metadata.kestra-auth]` of `Cargo.toml`";
            Err(format!("{wrong}\nhelp: write `openapi = \"openapi.yaml\"`"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_metadata_of_the_package_names_the_document() {
        let document = |text: &str| parse(text).map_err(|error| error.lines().next().unwrap_or_default().to_owned());
        assert_eq!(
            document("[package]\nname = \"a\"\n[package.metadata.kestra-auth]\nopenapi = \"api.yaml\""),
            Ok("api.yaml".to_owned())
        );
        for (text, error) in [
            ("[package]\nname = \"a\"", "missing path of the OpenAPI document"),
            ("[workspace.metadata.kestra-auth]\nopenapi = \"a\"", "missing path of the OpenAPI document"),
            (
                "[package.metadata]\nkestra-auth = {openapi = 1}",
                "expected a string for `openapi` in `[package.metadata.kestra-auth]` of `Cargo.toml`",
            ),
        ] {
            assert_eq!(document(text), Err(error.to_owned()), "{text}");
        }
        assert!(parse("[package").is_err_and(|error| error.starts_with("invalid `Cargo.toml`: ")));
    }
}
