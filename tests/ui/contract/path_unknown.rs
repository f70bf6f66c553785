// The document has no such path.
use kestra_auth::{Error, api};

#[api(openapi = "api.yaml")]
trait ItemsApi {
    #[get("/item")] //~
    async fn call(&self) -> Result<serde_json::Value, Error>;
}

fn main() {}
