// A result that reads JSON, where a table is answered.
use kestra_auth::{Error, api};

type Answer = Result<Vec<u32>, Error>;

#[api(openapi = "api.yaml")]
trait ItemsApi {
    #[get("/items.csv")]
    async fn csv(&self) -> Answer; //~
}

fn main() {}
