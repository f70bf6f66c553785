//! What of the contract only the compiler can tell: results and fields, whatever their types are called. The rest
//! is tested beside the macro.
#![allow(dead_code, reason = "compiling is the test")]

use std::fs;
use std::path::PathBuf;

use kestra_auth::{Binary, Contract, Error, Event, EventStream, Json, Response, Text, api};
use serde::Deserialize;

type Csv = Text;
type Answer<T> = Result<Response<T>, Error>;
type Events = EventStream<Event>;
type Maybe<T> = Option<T>;
type Nothing = ();

/// Silent, for each result reads what is answered.
#[api(openapi = "contract/api.yaml")]
trait ItemsApi {
    #[get("/items")]
    async fn items(&self) -> Answer<Vec<Item>>;
    #[get("/items", accept = "application/json")]
    async fn items_as_text(&self) -> Result<Text, Error>;
    #[get("/items.csv")]
    async fn csv(&self) -> Result<Csv, Error>;
    #[get("/items.csv", accept = "text/csv")]
    async fn csv_bytes(&self) -> Result<Binary, Error>;
    #[get("/events")]
    async fn events(&self) -> Result<Events, Error>;
    #[get("/old", expect(deprecated))]
    async fn old(&self) -> Result<Nothing, Error>;
}

/// Silent, for the method says that it is meant.
#[api(openapi = "contract/api.yaml")]
trait OddApi {
    #[get("/events", expect(answer))]
    async fn events(&self) -> Result<Json<String>, Error>;
}

/// Silent, for each field has room for what may come.
#[derive(Deserialize, Contract)]
#[contract(openapi = "contract/api.yaml", answer = "Item")]
struct Item {
    id: String,
    size: f64,
    note: Maybe<String>,
    #[serde(default)]
    tags: Vec<String>,
    ratio: Maybe<Ratio>,
    state: Option<State>,
    parent: Maybe<Parent>,
}

#[derive(Deserialize, Contract)]
#[contract(openapi = "contract/api.yaml", answer = "State")]
#[serde(rename_all = "UPPERCASE")]
enum State {
    Open,
    #[serde(other)]
    Other,
}

#[derive(Deserialize, Contract)]
#[contract(openapi = "contract/api.yaml", answer = "Parent")]
struct Parent {
    id: String,
}

#[derive(Deserialize)]
struct Ratio(f32);

/// The cases are compiled in a folder of their own, and find the document beside them.
#[test]
fn what_types_contradict() {
    if !is_blessed_compiler() {
        println!("skipped: the messages were written down with another compiler");
        return;
    }
    let folder = target().join("tests/trybuild/kestra-auth-tests");
    fs::create_dir_all(&folder).unwrap();
    fs::copy("contract/api.yaml", folder.join("api.yaml")).unwrap();
    trybuild::TestCases::new().compile_fail("ui/contract/*.rs");
}

/// The compiler that wrote the expected messages.
fn is_blessed_compiler() -> bool {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = std::process::Command::new(rustc).arg("--version").output().unwrap().stdout;
    version.starts_with(b"rustc 1.95.")
}

/// The folder that cargo builds in, from this program's own place: `target/debug/deps`.
fn target() -> PathBuf {
    let program = std::env::current_exe().unwrap();
    program.ancestors().nth(3).unwrap().to_owned()
}
