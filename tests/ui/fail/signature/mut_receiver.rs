// An endpoint takes `&self`, not `&mut self`.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&mut self) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
