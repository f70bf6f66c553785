// A timeout is a whole number.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", timeout = "1.5s")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
