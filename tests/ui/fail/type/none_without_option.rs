// An endpoint with `none(…)` returns an `Option`.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", none(404))]
    async fn list(&self) -> Result<u32, Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
