// A result does not borrow, not even for ever.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<&'static str, Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
