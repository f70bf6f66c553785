// A reference leads to a file that does not exist.
use kestra_auth::{Error, api};

#[api(openapi = "references.yaml")] //~
trait ItemsApi {
    #[get("/file")]
    async fn call(&self) -> Result<serde_json::Value, Error>;
}

fn main() {}
