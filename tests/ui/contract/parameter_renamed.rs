// An unknown parameter, where a required one is not sent.
use kestra_auth::{Error, api};

#[api(openapi = "api.yaml")]
trait ItemsApi {
    #[get("/search")]
    async fn call(&self, #[query] text: &str) -> Result<serde_json::Value, Error>; //~
}

fn main() {}
