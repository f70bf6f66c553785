// The document does not exist.
use kestra_auth::{Error, api};

#[api(openapi = "openapi.yaml")] //~
trait ItemsApi {
    #[get("/secret")]
    async fn call(&self) -> Result<serde_json::Value, Error>;
}

fn main() {}
