// `complete` without a tag.
use kestra_auth::{Error, api};

#[api(openapi(path = "api.yaml", complete))] //~
trait ItemsApi {
    #[get("/secret")]
    async fn call(&self) -> Result<serde_json::Value, Error>;
}

fn main() {}
