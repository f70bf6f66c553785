// A reference leads nowhere.
use kestra_auth::{Error, api};

#[api(openapi = "references.yaml")] //~
trait ItemsApi {
    #[get("/missing")]
    async fn call(&self) -> Result<serde_json::Value, Error>;
}

fn main() {}
