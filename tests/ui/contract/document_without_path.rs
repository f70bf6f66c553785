// `openapi(…)` without a path.
use kestra_auth::{Error, api};

#[api(openapi(client_sends("X-Tenant")))] //~
trait ItemsApi {
    #[get("/secret")]
    async fn call(&self) -> Result<serde_json::Value, Error>;
}

fn main() {}
