// The operation has no body.
use kestra_auth::{Error, api};

#[api(openapi = "api.yaml")]
trait ItemsApi {
    #[put("/items/{id}")]
    async fn call(&self, id: &str, #[json] item: &str) -> Result<serde_json::Value, Error>; //~
}

fn main() {}
