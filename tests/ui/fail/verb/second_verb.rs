// A method has one verb.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    #[post("/flows")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
