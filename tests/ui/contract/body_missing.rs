// A required body is missing.
use kestra_auth::{Error, api};

#[api(openapi = "api.yaml")]
trait ItemsApi {
    #[post("/items")]
    async fn call(&self) -> Result<serde_json::Value, Error>; //~
}

fn main() {}
