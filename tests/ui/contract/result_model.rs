// The results are of models of another schema, in every form that a result can have: 12 errors
use std::collections::VecDeque;

use kestra_auth::{Contract, Error, EventStream, Json, Response, api};
use serde::Deserialize;

#[derive(Deserialize, Contract)]
#[contract(openapi = "flows.yaml", response = "Flow")]
struct Flow {
    id: i64,
}

#[derive(Deserialize, Contract)]
#[contract(openapi = "flows.yaml", response = "Execution")]
struct Execution {
    id: i64,
}

#[derive(Deserialize, Contract)]
#[contract(openapi = "flows.yaml", response = "Execution")]
struct Newtype(Execution);

#[derive(Deserialize, Contract)]
#[contract(openapi = "flows.yaml", response = "Execution")]
#[serde(transparent)]
struct Transparent {
    inner: Execution,
}

#[derive(Deserialize, Contract)]
#[contract(openapi = "flows.yaml", response = "FlowPage")]
struct Page<T> {
    results: Vec<T>,
    total: Option<u64>,
}

type Alias = Execution;
type Rows = Result<Vec<Execution>, Error>;

#[api(openapi = "flows.yaml")]
trait ModelApi {
    #[get("/flows/{id}")]
    async fn plain(&self, id: u64) -> Result<Execution, Error>; //~
    #[get("/flows")]
    async fn list(&self) -> Result<Vec<Execution>, Error>; //~
    #[post("/flows")]
    async fn alias(&self, #[json] flow: &serde_json::Value) -> Result<Alias, Error>; //~
    #[get("/pages")]
    async fn generic(&self) -> Result<Page<Execution>, Error>; //~
    #[get("/events")]
    async fn stream(&self) -> Result<EventStream<Execution>, Error>; //~
}

#[api(openapi = "flows.yaml")]
trait WrappedApi {
    #[get("/flows/{id}")]
    async fn response(&self, id: u64) -> Result<Response<Execution>, Error>; //~
    #[get("/flows")]
    async fn whole_alias(&self) -> Rows; //~
    #[post("/flows")]
    async fn json(&self, #[json] flow: &serde_json::Value) -> Result<Json<Box<Execution>>, Error>; //~
    #[get("/pages")]
    async fn not_generic(&self) -> Result<Flow, Error>; //~
}

#[api(openapi = "flows.yaml")]
trait NewtypeApi {
    #[get("/flows/{id}", none(404))]
    async fn optional(&self, id: u64) -> Result<Option<Newtype>, Error>; //~
    #[get("/flows")]
    async fn deque(&self) -> Result<VecDeque<Execution>, Error>; //~
    #[post("/flows")]
    async fn transparent(&self, #[json] flow: &serde_json::Value) -> Result<Transparent, Error>; //~
}

fn main() {}
