// A required parameter is an `Option`.
use kestra_auth::{Error, api};

#[api(openapi = "api.yaml")]
trait ItemsApi {
    #[get("/search")]
    async fn call(&self, #[query] q: Option<&str>) -> Result<serde_json::Value, Error>; //~
}

fn main() {}
