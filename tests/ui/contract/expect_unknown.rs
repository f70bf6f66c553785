// `expect` names no kind of mismatch.
use kestra_auth::{Error, api};

#[api(openapi = "api.yaml")]
trait ItemsApi {
    #[get("/items", expect(paramter))] //~
    async fn call(&self) -> Result<serde_json::Value, Error>;
}

fn main() {}
