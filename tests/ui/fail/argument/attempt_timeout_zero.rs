// The timeout of an attempt is not zero.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", attempt_timeout = "0s")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
