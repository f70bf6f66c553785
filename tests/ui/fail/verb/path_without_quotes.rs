// The path is a string literal.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get(/flows/{id})] //~
    async fn flow(&self, id: u32) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
