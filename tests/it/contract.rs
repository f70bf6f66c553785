//! What of the contract only the compiler can tell: results and fields, whatever their types are called. The rest
//! is tested beside the macro. What is not silent is in `ui/contract`.
#![allow(dead_code, reason = "compiling is the test")]

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
    #[get("/events", expect(response))]
    async fn events(&self) -> Result<Json<String>, Error>;
}

/// Silent, for each field has room for what may come.
#[derive(Deserialize, Contract)]
#[contract(openapi = "contract/api.yaml", response = "Item")]
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
#[contract(openapi = "contract/api.yaml", response = "State")]
#[serde(rename_all = "UPPERCASE")]
enum State {
    Open,
    #[serde(other)]
    Other,
}

#[derive(Deserialize, Contract)]
#[contract(openapi = "contract/api.yaml", response = "Parent")]
struct Parent {
    id: String,
}

#[derive(Deserialize)]
struct Ratio(f32);
