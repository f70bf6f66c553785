// The operation requires a credential.
use kestra_auth::{Error, api};

#[api(openapi = "api.yaml")]
trait ItemsApi {
    #[get("/secret", anonymous)] //~
    async fn call(&self) -> Result<serde_json::Value, Error>;
}

fn main() {}
