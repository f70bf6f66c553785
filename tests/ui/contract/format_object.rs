// A single value where the document has an object.
use kestra_auth::{Error, api};

#[api(openapi = "api.yaml")]
trait ItemsApi {
    #[get("/items")]
    async fn call(&self, #[query] filter: &str) -> Result<serde_json::Value, Error>; //~
}

fn main() {}
