// Every client has a method `with_options`.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn with_options(&self) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
