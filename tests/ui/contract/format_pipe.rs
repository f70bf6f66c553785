// A list joined by `,` where the document joins by `|`.
use kestra_auth::{Error, api};

#[api(openapi = "api.yaml")]
trait ItemsApi {
    #[get("/items")]
    async fn call(&self, #[query(csv)] states: &[&str]) -> Result<serde_json::Value, Error>; //~
}

fn main() {}
