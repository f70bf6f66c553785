// A reference leads to a URL.
use kestra_auth::{Error, api};

#[api(openapi = "references.yaml")] //~
trait ItemsApi {
    #[get("/url")]
    async fn call(&self) -> Result<serde_json::Value, Error>;
}

fn main() {}
