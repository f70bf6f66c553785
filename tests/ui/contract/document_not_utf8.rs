// The document is not UTF-8.
use kestra_auth::{Error, api};

#[api(openapi = "latin-1.yaml")] //~
trait ItemsApi {
    #[get("/secret")]
    async fn call(&self) -> Result<serde_json::Value, Error>;
}

fn main() {}
