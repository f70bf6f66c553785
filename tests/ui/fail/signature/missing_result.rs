// An endpoint returns a `Result`.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self); //~
}

fn main() {
    let _ = FlowsClient::new;
}
