// An expectation that silences nothing.
use kestra_auth::{Error, api};

#[api(openapi = "api.yaml")]
trait ItemsApi {
    #[get("/items", expect(parameter))] //~
    async fn call(&self) -> Result<serde_json::Value, Error>;
}

fn main() {}
