// A method with a verb has no body.
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
