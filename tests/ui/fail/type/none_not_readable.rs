// The result of an endpoint with `none(…)` implements `Deserialize`.
use kestra_auth::{Error, api};

struct Bad;

#[api]
trait Flows {
    #[get("/flows", none(404))]
    async fn list(&self) -> Result<Option<Bad>, Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
