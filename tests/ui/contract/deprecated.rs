// An operation that the document deprecates: a warning, an error here.
#![deny(deprecated)]
use kestra_auth::{Error, api};

#[api(openapi = "api.yaml")]
trait ItemsApi {
    #[get("/old")]
    async fn old(&self) -> Result<(), Error>; //~
}

fn main() {}
