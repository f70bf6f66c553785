// `expect` without a list.
use kestra_auth::{Error, api};

#[api(openapi = "api.yaml")]
trait ItemsApi {
    #[get("/items", expect)] //~
    async fn call(&self) -> Result<serde_json::Value, Error>;
}

fn main() {}
