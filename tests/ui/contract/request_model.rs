// The bodies, parts and errors are of models of another schema: 7 errors
use kestra_auth::{ApiError, Contract, Error, api};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Contract)]
#[contract(openapi = "flows.yaml", request = "Execution")]
struct Execution {
    id: i64,
    state: String,
}

#[derive(Deserialize, Contract)]
#[contract(openapi = "flows.yaml", response = "Named")]
struct Named {
    name: String,
}

type Alias = Vec<Execution>;

#[api(openapi = "flows.yaml")]
trait BodyApi {
    #[post("/flows")]
    async fn body(&self, #[json] flow: &Execution) -> Result<(), Error>; //~
    #[put("/flows")]
    async fn list(&self, #[json] flows: &[Execution]) -> Result<(), Error>; //~
    #[post("/login")]
    async fn form(&self, #[form] user: &Execution) -> Result<(), Error>; //~
    #[post("/upload")]
    async fn part(&self, #[part("fileUpload")] file: Vec<u8>, #[part("meta", json)] meta: &Execution) -> Result<(), Error>; //~
    #[get("/flows/{id}")]
    async fn error(&self, id: u64) -> Result<(), ApiError<Named>>; //~
    #[get("/pages")]
    async fn undocumented_error(&self) -> Result<(), ApiError<Named>>; //~
}

#[api(openapi = "flows.yaml")]
trait AliasApi {
    #[put("/flows")]
    async fn list(&self, #[json] flows: Option<&Alias>) -> Result<(), Error>; //~
}

fn main() {}
