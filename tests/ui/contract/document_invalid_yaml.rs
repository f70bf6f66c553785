// The document is not valid YAML.
use kestra_auth::{Error, api};

#[api(openapi = "invalid.yaml")] //~
trait ItemsApi {
    #[get("/secret")]
    async fn call(&self) -> Result<serde_json::Value, Error>;
}

fn main() {}
