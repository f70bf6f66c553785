// A result does not borrow.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<&str, Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
