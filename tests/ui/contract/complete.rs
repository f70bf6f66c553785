// Operations of the tag are not declared.
use kestra_auth::{Error, api};

#[api(openapi(path = "api.yaml", tag = "Items", complete))] //~
trait ItemsApi {
    #[get("/secret")]
    async fn call(&self) -> Result<serde_json::Value, Error>;
}

fn main() {}
