// A verb has a path.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
