// An unknown argument of a verb is reported with the known ones.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", cache = "5m")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
