// A joined list where the document repeats the name.
use kestra_auth::{Error, api};

#[api(openapi = "api.yaml")]
trait ItemsApi {
    #[get("/items")]
    async fn call(&self, #[query(csv)] tag: &[&str]) -> Result<serde_json::Value, Error>; //~
}

fn main() {}
