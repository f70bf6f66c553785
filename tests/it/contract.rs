//! Accepts what matches the document where only the compiler can compare: results and fields behind type aliases. The
//! mismatches are in `ui/contract`, and what the macro itself compares is tested in its crate.
#![allow(dead_code, reason = "compiling is the test")]

use kestra_auth::{Binary, Contract, Error, Event, EventStream, Json, Response, Text, api};
use serde::Deserialize;

type Csv = Text;
type Wrapped<T> = Result<Response<T>, Error>;
type Events = EventStream<Event>;
type Maybe<T> = Option<T>;
type Nothing = ();

/// Each result reads the media type of the response.
#[api(openapi = "contract/api.yaml")]
trait ItemsApi {
    #[get("/items")]
    async fn items(&self) -> Wrapped<Vec<Item>>;
    #[get("/items", accept = "application/json")]
    async fn items_as_text(&self) -> Result<Text, Error>;
    #[get("/items.csv")]
    async fn csv(&self) -> Result<Csv, Error>;
    #[get("/items.csv", accept = "text/csv")]
    async fn csv_bytes(&self) -> Result<Binary, Error>;
    #[get("/items.csv", none(404), headers("X-Optional: 1"))]
    async fn optional_csv(&self) -> Result<Option<Text>, Error>;
    #[get("/events")]
    async fn events(&self) -> Result<Events, Error>;
    #[get("/old", expect(deprecated))]
    async fn old(&self) -> Result<Nothing, Error>;
}

/// The result reads another media type, and the method expects that.
#[api(openapi = "contract/api.yaml")]
trait ExpectedMismatchApi {
    #[get("/events", expect(response))]
    async fn events(&self) -> Result<Json<String>, Error>;
}

/// Each field can hold every value of its property, including an absent one.
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
