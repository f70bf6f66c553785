// `retry` is a word in quotes.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", retry = 3)] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
