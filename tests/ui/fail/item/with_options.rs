// `with_options` is a method of every client.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn with_options(&self) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
