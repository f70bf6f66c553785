// The verbs of other frameworks are reported with ours.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[GetMapping("/flows")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
