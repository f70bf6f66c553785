// A single value where the document has a list.
use kestra_auth::{Error, api};

#[api(openapi = "api.yaml")]
trait ItemsApi {
    #[get("/items")]
    async fn call(&self, #[header("X-Tags")] tags: &str) -> Result<serde_json::Value, Error>; //~
}

fn main() {}
