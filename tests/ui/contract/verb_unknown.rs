// The path has no operation for the verb.
use kestra_auth::{Error, api};

#[api(openapi = "api.yaml")]
trait ItemsApi {
    #[delete("/items")] //~
    async fn call(&self) -> Result<serde_json::Value, Error>;
}

fn main() {}
