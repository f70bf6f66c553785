// An argument of a verb is given once.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", timeout = "5s", timeout = "6s")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
