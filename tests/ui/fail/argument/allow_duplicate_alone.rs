// `allow_duplicate` needs a method before it that sends the same request.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", allow_duplicate)] //~
    async fn list(&self) -> Result<(), Error>;
    #[get("/flows", allow_duplicate)]
    async fn list_again(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
