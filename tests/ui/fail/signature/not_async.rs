// An endpoint is async.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    fn list(&self) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
