// The type of the response has a known size.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<str, Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
