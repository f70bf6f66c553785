// An endpoint with `also(…)` returns a `Response`.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", also(304))]
    async fn list(&self) -> Result<Option<u32>, Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
