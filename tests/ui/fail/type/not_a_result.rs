// An endpoint returns a `Result`.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> u32; //~
}

fn main() {
    let _ = FlowsClient::new;
}
