// An endpoint with `none(…)` returns an `Option`, also inside a `Response`.
use kestra_auth::{Error, Response, api};

#[api]
trait Flows {
    #[get("/flows", none(404))]
    async fn list(&self) -> Result<Response<u32>, Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
