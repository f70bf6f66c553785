// A reference leads back to itself.
use kestra_auth::{Error, api};

#[api(openapi = "references.yaml")] //~
trait ItemsApi {
    #[get("/loop")]
    async fn call(&self) -> Result<serde_json::Value, Error>;
}

fn main() {}
