// A status is listed once.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", none(404, 404))] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
