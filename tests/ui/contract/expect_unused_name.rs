// Nothing at this name has a mismatch.
use kestra_auth::{Error, api};

#[api(openapi = "api.yaml")]
trait ItemsApi {
    #[get("/items", expect(required("page")))] //~
    async fn call(&self) -> Result<serde_json::Value, Error>;
}

fn main() {}
