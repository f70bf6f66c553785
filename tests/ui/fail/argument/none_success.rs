// A success status is not in `none`.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", none(200))] //~
    async fn list(&self) -> Result<Option<u32>, Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
