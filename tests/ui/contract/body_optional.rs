// A required body is an `Option`.
use kestra_auth::{Error, api};

#[api(openapi = "api.yaml")]
trait ItemsApi {
    #[post("/items")]
    async fn call(&self, #[json] item: Option<&str>) -> Result<serde_json::Value, Error>; //~
}

fn main() {}
