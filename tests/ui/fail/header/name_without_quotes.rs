// The name of a header is a string literal.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self, #[header(X-Api)] api: &str) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
