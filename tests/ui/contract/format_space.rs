// A list joined by `,` where the document joins by spaces.
use kestra_auth::{Error, api};

#[api(openapi = "api.yaml")]
trait ItemsApi {
    #[get("/items")]
    async fn call(&self, #[query(csv)] words: &[&str]) -> Result<serde_json::Value, Error>; //~
}

fn main() {}
