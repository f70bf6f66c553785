// A required parameter is missing.
use kestra_auth::{Error, api};

#[api(openapi = "api.yaml")]
trait ItemsApi {
    #[get("/search")]
    async fn call(&self) -> Result<serde_json::Value, Error>; //~
}

fn main() {}
