// The path is a string literal, not bytes.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get(b"/flows")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
