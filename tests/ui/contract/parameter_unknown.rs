// The operation has no such parameter.
use kestra_auth::{Error, api};

#[api(openapi = "api.yaml")]
trait ItemsApi {
    #[get("/items")]
    async fn call(&self, #[query] pgae: u32) -> Result<serde_json::Value, Error>; //~
}

fn main() {}
