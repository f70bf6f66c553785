// The operation is deprecated: a warning, which `deny` makes an error.
#![deny(deprecated)]
use kestra_auth::{Error, api};

#[api(openapi = "api.yaml")]
trait ItemsApi {
    #[get("/old")]
    async fn old(&self) -> Result<(), Error>; //~
}

fn main() {}
