// The parameter is in another location.
use kestra_auth::{Error, api};

#[api(openapi = "api.yaml")]
trait ItemsApi {
    #[get("/search")]
    async fn call(&self, #[header("q")] q: &str) -> Result<serde_json::Value, Error>; //~
}

fn main() {}
