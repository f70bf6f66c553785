// The operation has no such parameter, nor a similar one.
use kestra_auth::{Error, api};

#[api(openapi = "api.yaml")]
trait ItemsApi {
    #[get("/items")]
    async fn call(&self, #[header("X-Reason")] reason: &str) -> Result<serde_json::Value, Error>; //~
}

fn main() {}
