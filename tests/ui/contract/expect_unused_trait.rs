// No method has a mismatch of this kind.
use kestra_auth::{Error, api};

#[api(openapi = "api.yaml", expect(parameter))] //~
trait ItemsApi {
    #[get("/items")]
    async fn call(&self) -> Result<serde_json::Value, Error>;
}

fn main() {}
