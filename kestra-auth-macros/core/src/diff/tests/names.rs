//! What names in the files of a user lead to.

use super::*;

const OLD: &str = "openapi: 3.1.0
info: {title: T}
paths:
  /flows:
    get:
      responses: {'200': {content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Flow'}}}}}}
  /count:
    get:
      responses: {'200': {content: {application/json: {schema: {type: integer}}}}}
components:
  schemas:
    Flow: {type: object, required: [id], properties: {id: {type: string}, name: {type: string}}}
    Other: {type: object, required: [x], properties: {x: {type: string}}}
";

/// A directory with files of a crate, which is removed with it.
struct Package(PathBuf);

impl Package {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let directory = std::env::temp_dir().join(format!("kestra-auth-diff-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&directory);
        for (file, text) in [("Cargo.toml", "[package]\nname = \"p\"\n"), ("openapi.yaml", OLD)].iter().chain(files) {
            let path = directory.join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        Self(directory)
    }

    fn diff(&self, from: &str, to: &str) -> Result<Diff, String> {
        assert!(OLD.contains(from));
        let new = self.0.join("new.yaml");
        std::fs::write(&new, OLD.replacen(from, to, 1)).unwrap();
        diff_files(&self.0.join("openapi.yaml"), &new, &[self.0.join("src")])
    }
}

impl Drop for Package {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn found(diff: &Diff) -> Vec<(&str, Option<&str>, &str)> {
    let found =
        |found: &Break| -> (usize, usize) { found.token.as_ref().map_or((0, 0), |(_, line, column)| (*line, *column)) };
    let mut breaks: Vec<&Break> = diff.breaks.iter().collect();
    breaks.sort_by_key(|one| found(one));
    breaks.into_iter().map(|found| (found.item.as_str(), found.kind, found.what.as_str())).collect()
}

const MODELS: &str = "use kestra_auth::Contract;
#[derive(Deserialize, Contract)]
#[contract(openapi = \"openapi.yaml\", response = \"Flow\")]
pub struct Flow { pub id: String, pub name: Option<String> }
pub type Flows = Vec<Flow>;
pub type Listed<T = Flow> = Vec<T>;
pub mod inner { pub use super::Flow as Renamed; pub type Number = i64; }
";

fn api(imports: &str, flows: &str, count: &str) -> String {
    format!(
        "{imports}\n#[api(openapi = \"openapi.yaml\")]\npub trait Api {{\n#[get(\"/flows\")] async fn flows(&self) -> \
         {flows};\n#[get(\"/count\")] async fn count(&self) -> {count};\n}}\n"
    )
}

const ITEMS: (&str, &str) = ("items: {$ref: '#/components/schemas/Flow'}", "items: {type: integer}");

#[test]
fn types_are_followed_through_imports_and_aliases() {
    for (index, (imports, ty)) in [
        ("use crate::models::Flow;", "Result<Vec<Flow>, Error>"),
        ("use crate::models::*;", "Result<Flows, Error>"),
        ("use super::models::Listed;", "Result<Listed, Error>"),
        ("use crate::models::{self, inner};", "Result<Response<Vec<inner::Renamed>>, Error>"),
        ("use crate::models::inner::Renamed as F;", "Result<Box<[F]>, Error>"),
        ("use crate::models;\ntype Outcome<T> = Result<T, Error>;", "Outcome<models::Listed<models::Flow>>"),
        ("type R = std::result::Result<Vec<crate::models::Flow>, Error>;", "R"),
    ]
    .into_iter()
    .enumerate()
    {
        let text = api(imports, ty, "Result<i64, Error>");
        let package = Package::new(
            &format!("imports-{index}"),
            &[("src/lib.rs", "mod api;\nmod models;\n"), ("src/api.rs", &text), ("src/models.rs", MODELS)],
        );
        let diff = package.diff(ITEMS.0, ITEMS.1).unwrap();
        let what = "expected a result of a list of `integer`, found a list of `Flow`";
        assert_eq!(found(&diff), [("Api::flows", Some("type"), what)], "{imports} {ty}");
        assert_eq!((diff.traits, diff.models, diff.elsewhere.len()), (1, 1, 0));
        let (file, line, _) = diff.breaks[0].token.clone().unwrap();
        assert!(file.ends_with("api.rs") && line == imports.lines().count() + 3, "{file}:{line}");
    }
}

#[test]
fn a_type_from_elsewhere_is_counted_and_silent() {
    let text = api("use other::Flows;", "Result<Flows, Error>", "Result<crate::macros::Made, Error>");
    let package = Package::new("elsewhere", &[("src/lib.rs", &text)]);
    let diff = package.diff(ITEMS.0, ITEMS.1).unwrap();
    assert_eq!(found(&diff), []);
    assert_eq!(diff.elsewhere, ["crate::macros::Made", "other::Flows"]);
}

#[test]
fn a_generic_model_is_what_its_arguments_make_it() {
    const PAGE: &str = "openapi: 3.1.0
paths: {/flows: {get: {responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/FlowPage'}}}}}}}}
components:
  schemas:
    FlowPage: {type: object, required: [items], properties: {items: {type: array, items: {$ref: '#/components/schemas/Flow'}}}}
    UserPage: {type: object, required: [items], properties: {items: {type: array, items: {$ref: '#/components/schemas/User'}}}}
    Flow: {type: object, required: [id], properties: {id: {type: string}}}
    User: {type: object, required: [mail], properties: {mail: {type: string}}}
";
    let source = "#[derive(Contract)]\n#[contract(openapi = \"a.yaml\", response = \"FlowPage\")]\nstruct Page<T> { items: \
                  Vec<T> }\n#[derive(Contract)]\n#[contract(openapi = \"a.yaml\", response = \"Flow\")]\nstruct Flow { id: \
                  String }\n#[api(openapi = \"a.yaml\")]\ntrait Api { #[get(\"/flows\")] async fn flows(&self) -> \
                  Result<Page<Flow>, Error>; }";
    let sources = Sources::of_text(source, "src.rs").unwrap();
    let problems = |text: &str| {
        let version = Version::of_text(text, "a.yaml");
        let checked = check::check(&sources, &version.document, &|_, _| true);
        report(checked, &Checked::default(), (&version, &version), Some(&sources)).breaks
    };
    assert_eq!(problems(PAGE), []);
    let breaks = problems(&PAGE.replacen("schemas/FlowPage", "schemas/UserPage", 1));
    assert_eq!(breaks.len(), 1, "{breaks:#?}");
    assert_eq!(breaks[0].what, "expected a result of `UserPage`, found `FlowPage` with a list of `Flow` as `items`");
    assert_eq!(breaks[0].kind, Some("model"));
}

#[test]
fn attributes_under_a_condition_count() {
    let text = "#[cfg_attr(checked, api(openapi = \"openapi.yaml\"))]\n#[cfg_attr(not(checked), api)]\npub trait Api {\n    \
                #[get(\"/count\")] async fn count(&self) -> Result<Flow, Error>;\n}\n#[derive(Clone)]\n#[cfg_attr(checked, \
                derive(Contract), contract(openapi = \"openapi.yaml\", response = \"Flow\"))]\nstruct Flow { id: i64 }\n";
    let package = Package::new("conditions", &[("src/lib.rs", text)]);
    let diff = package.diff("/count:", "/counts:").unwrap();
    assert_eq!((diff.traits, diff.models, diff.breaks.len(), diff.known), (1, 1, 1, 1), "{diff:#?}");
}

#[test]
fn only_what_names_one_of_the_versions_is_compared() {
    let text = api("", "Result<Vec<String>, Error>", "Result<String, Error>");
    let other = "#[api(openapi = \"other.yaml\")]\ntrait Other { #[get(\"/gone\")] async fn gone(&self) -> Result<(), \
                 Error>; }\n#[api]\ntrait Free { #[get(\"/gone\")] async fn gone(&self) -> Result<(), Error>; }";
    let package = Package::new("documents", &[("src/lib.rs", &text), ("src/other.rs", other)]);
    let diff = package.diff("/count:", "/counts:").unwrap();
    assert_eq!((diff.traits, diff.known), (1, 1));
    assert_eq!(diff.breaks.len(), 1);
    assert!(
        diff.notes.iter().any(|note| note.starts_with("not compared: 2 traits and models with another document")),
        "{diff:#?}"
    );
    // Copies under other names stand for the document that all of them name.
    std::fs::rename(package.0.join("openapi.yaml"), package.0.join("old.yaml")).unwrap();
    let diff = diff_files(&package.0.join("old.yaml"), &package.0.join("new.yaml"), &[package.0.join("src")]).unwrap();
    assert_eq!((diff.traits, diff.notes.len()), (2, 1));
}

#[test]
fn the_document_may_be_the_one_that_the_manifest_names() {
    let text =
        api("", "Result<Vec<Flow>, Error>", "Result<i64, Error>").replace("(openapi = \"openapi.yaml\")", "(openapi)");
    let manifest = "[package]\nname = \"p\"\n[package.metadata.kestra-auth]\nopenapi = \"openapi.yaml\"\n";
    let package = Package::new("manifest", &[("Cargo.toml", manifest), ("src/lib.rs", &text)]);
    let diff = package.diff("/count:", "/counts:").unwrap();
    assert_eq!((diff.traits, diff.breaks.len()), (1, 1));
}

#[test]
fn a_trait_with_an_error_of_its_own_is_named_and_not_compared() {
    let text = api("", "Result<Vec<Flow>, Error>", "Result<i64, Error>");
    let invalid = "#[api(openapi = \"openapi.yaml\", bse = \"/x\")]\ntrait Wrong { #[get(\"/gone\")] async fn gone(&self) -> \
                   Result<(), Error>; }";
    let package = Package::new("wrong", &[("src/lib.rs", &text), ("src/wrong.rs", invalid)]);
    let diff = package.diff("/count:", "/counts:").unwrap();
    assert_eq!((diff.traits, diff.breaks.len()), (1, 1));
    assert_eq!(diff.notes, ["not compared, because of errors of their own: `Wrong`\nhelp: run `cargo check`"]);
}

#[test]
fn what_is_expected_is_silent_and_an_unused_expectation_is_not() {
    let text = api("", "Result<Vec<Flow>, Error>", "Result<i64, Error>")
        .replace("\"/count\"", "\"/count\", expect(deprecated)");
    let package = Package::new("expected", &[("src/lib.rs", &text)]);
    let deprecated = ("  /count:\n    get:\n", "  /count:\n    get:\n      deprecated: true\n");
    let diff = package.diff(deprecated.0, deprecated.1).unwrap();
    assert_eq!((diff.breaks.len(), diff.deprecated.len(), diff.known), (0, 0, 0));
    let (old, new) = (package.0.join("openapi.yaml"), package.0.join("new.yaml"));
    // In the other direction, the expectation hides nothing any more.
    let diff = diff_files(&new, &old, &[package.0.join("src")]).unwrap();
    assert_eq!(found(&diff).len(), 1);
    assert!(diff.breaks[0].what.starts_with("unused `expect(deprecated)`") && diff.breaks[0].kind.is_none());
}

#[test]
fn a_trait_that_must_be_complete_lacks_a_new_operation() {
    let text = api("", "Result<Vec<Flow>, Error>", "Result<i64, Error>")
        .replace("openapi = \"openapi.yaml\"", "openapi(path = \"openapi.yaml\", tag = \"Flows\", complete)");
    let package = Package::new("complete", &[("src/lib.rs", &text)]);
    let tagged = OLD.replace("    get:\n", "    get:\n      tags: [Flows]\n");
    std::fs::write(package.0.join("openapi.yaml"), &tagged).unwrap();
    let more = "paths:\n  /more: {get: {tags: [Flows], responses: {'204': {}}}}\n";
    std::fs::write(package.0.join("new.yaml"), tagged.replacen("paths:\n", more, 1)).unwrap();
    let files = (package.0.join("openapi.yaml"), package.0.join("new.yaml"));
    let diff = diff_files(&files.0, &files.1, &[package.0.join("src")]).unwrap();
    assert_eq!(found(&diff), [("Api", None, "missing operations with the tag `Flows`")]);
    assert_eq!(diff.added.len(), 1);
}

#[test]
fn what_cargo_has_built_is_not_read() {
    let text = api("", "Result<Vec<Flow>, Error>", "Result<i64, Error>");
    let files = [
        ("src/lib.rs", text.as_str()),
        ("src/target/mod.rs", "pub type T = i64;"),
        ("src/built/CACHEDIR.TAG", ""),
        ("src/built/lib.rs", "not Rust"),
        ("src/.hidden/lib.rs", "not Rust"),
        ("src/notes.txt", "not Rust"),
    ];
    let package = Package::new("built", &files);
    #[cfg(unix)]
    std::os::unix::fs::symlink("../src", package.0.join("src/linked")).unwrap();
    let diff = package.diff("/count:", "/counts:").unwrap();
    assert_eq!((diff.traits, diff.breaks.len()), (1, 1));
}

#[test]
fn a_file_that_is_not_rust_is_an_error_with_its_line() {
    let package = Package::new("invalid", &[("src/lib.rs", "fn f() {\n  let\n")]);
    let error = package.diff("/count:", "/counts:").unwrap_err();
    assert!(error.contains("is not valid Rust") && error.contains("lib.rs:"), "{error}");
    let package = Package::new("empty", &[("src/lib.rs", "")]);
    assert!(package.diff("/count:", "/counts:").unwrap_err().starts_with("no trait and no model names the document"));
}
