// The types are of another kind, which only the compiler sees behind aliases and models: 12 errors
use std::collections::HashMap;

use kestra_auth::{Contract, Error, Json, Response, api};
use serde::{Deserialize, Serialize};

#[derive(Deserialize, Contract)]
#[contract(openapi = "flows.yaml", response = "Flow")]
struct Flow {
    id: Narrow, //~
    tags: Option<Numbers>, //~
}

#[derive(Deserialize, Contract)]
#[contract(openapi = "flows.yaml", response = "Sort")]
#[serde(rename_all = "UPPERCASE")]
enum Sort {
    Asc,
    Desc,
}

#[derive(Serialize, Contract)]
#[contract(openapi = "flows.yaml", request = "Order")]
#[serde(rename_all = "UPPERCASE")]
enum Order {
    Up,
    Down,
}

type Narrow = i32;
type Numbers = Vec<u64>;
type Text = String;
type Flag = bool;
type Flows = Vec<Flow>;
type Counts = HashMap<String, u32>;

#[api(openapi = "flows.yaml")]
trait ResultApi {
    #[get("/flows/{id}")]
    async fn list_for_object(&self, id: u64) -> Result<Flows, Error>; //~
    #[get("/flows")]
    async fn object_for_list(&self) -> Result<Json<Flow>, Error>; //~
    #[get("/names")]
    async fn items(&self) -> Result<Response<Numbers>, Error>; //~
    #[get("/total")]
    async fn narrow(&self) -> Result<Json<Narrow>, Error>; //~
    #[get("/counts")]
    async fn values(&self) -> Result<Counts, Error>; //~
    #[get("/pages")]
    async fn string_for_object(&self) -> Result<Sort, Error>; //~
    #[delete("/flows/{id}")]
    async fn body(&self, id: u64) -> Result<Response<Flow>, Error>; //~
}

#[api(openapi = "flows.yaml")]
trait ParameterApi {
    #[get("/flows")]
    async fn list(
        &self,
        #[query] page: Text, //~
        #[query] sort: Order, //~
        #[query] labels: &[Flag], //~
    ) -> Result<(), Error>;
}

fn main() {}
