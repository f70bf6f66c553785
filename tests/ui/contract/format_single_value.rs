// A list where the document has a single value.
use kestra_auth::{Error, api};

#[api(openapi = "api.yaml")]
trait ItemsApi {
    #[get("/items")]
    async fn call(&self, #[query] page: &[u32]) -> Result<serde_json::Value, Error>; //~
}

fn main() {}
