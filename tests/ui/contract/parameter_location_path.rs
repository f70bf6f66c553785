// The parameter is in the path.
use kestra_auth::{Error, api};

#[api(openapi = "api.yaml")]
trait ItemsApi {
    #[get("/items/{id}")]
    async fn call(&self, id: &str, #[query("id")] other: &str) -> Result<serde_json::Value, Error>; //~
}

fn main() {}
