// The path is a string literal.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get(7)] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
