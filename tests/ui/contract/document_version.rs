// The document is of another specification.
use kestra_auth::{Error, api};

#[api(openapi = "asyncapi.yaml")] //~
trait ItemsApi {
    #[get("/secret")]
    async fn call(&self) -> Result<serde_json::Value, Error>;
}

fn main() {}
