// `retry` is one of two words.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", retry = "always")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
