// The document is not valid JSON.
use kestra_auth::{Error, api};

#[api(openapi = "invalid.json")] //~
trait ItemsApi {
    #[get("/secret")]
    async fn call(&self) -> Result<serde_json::Value, Error>;
}

fn main() {}
