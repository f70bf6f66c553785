// A form where the document has JSON.
use kestra_auth::{Error, api};

#[api(openapi = "api.yaml")]
trait ItemsApi {
    #[post("/items")]
    async fn call(&self, #[field] name: &str) -> Result<serde_json::Value, Error>; //~
}

fn main() {}
