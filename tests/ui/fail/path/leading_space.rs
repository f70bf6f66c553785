// A path starts with `/`.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get(" /flows")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
