// The client does not have the name of another item.
use kestra_auth::{Error, api};

#[derive(Clone, Debug)]
struct FlowsClient;

#[api]
trait Flows { //~
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient;
}
