// An endpoint takes `&self`, not `self: Box<Self>`.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(self: Box<Self>) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
