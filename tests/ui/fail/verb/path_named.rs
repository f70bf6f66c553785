// The path stands first, without a name.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get(path = "/flows")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
