// A query parameter is not in the path as well.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows?kind=a")]
    async fn list(&self, #[query] kind: &str) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
