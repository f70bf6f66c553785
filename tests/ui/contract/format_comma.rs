// A repeated name where the document joins by `,`.
use kestra_auth::{Error, api};

#[api(openapi = "api.yaml")]
trait ItemsApi {
    #[get("/items")]
    async fn call(&self, #[query] ids: &[u32]) -> Result<serde_json::Value, Error>; //~
}

fn main() {}
