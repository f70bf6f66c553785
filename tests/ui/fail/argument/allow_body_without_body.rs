// `allow_body` needs a body.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", allow_body)] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
