// The body has another media type.
use kestra_auth::{Error, api};

#[api(openapi = "api.yaml")]
trait ItemsApi {
    #[post("/items")]
    async fn call(&self, #[body("text/csv")] items: &str) -> Result<serde_json::Value, Error>; //~
}

fn main() {}
