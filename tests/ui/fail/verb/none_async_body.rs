// A method with a body of its own has no verb.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error> { //~
        Ok(())
    }
}

fn main() {
    let _ = FlowsClient::new;
}
