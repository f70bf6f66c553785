// The path is a string literal, not a macro call.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get(concat!("/api", "/flows"))] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
