// The result reads JSON from a response of CSV, through an alias.
use kestra_auth::{Error, api};

type Rows = Result<Vec<u32>, Error>;

#[api(openapi = "api.yaml")]
trait ItemsApi {
    #[get("/items.csv")]
    async fn csv(&self) -> Rows; //~
}

fn main() {}
