// The document has no version.
use kestra_auth::{Error, api};

#[api(openapi = "part.yaml")] //~
trait ItemsApi {
    #[get("/secret")]
    async fn call(&self) -> Result<serde_json::Value, Error>;
}

fn main() {}
