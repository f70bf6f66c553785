// The response has another media type than the one in `accept`.
use kestra_auth::{Error, Text, api};

#[api(openapi = "api.yaml")]
trait ItemsApi {
    #[get("/items.csv", accept = "text/html")] //~
    async fn call(&self) -> Result<Text, Error>;
}

fn main() {}
