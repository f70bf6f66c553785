// A list in a header is joined by commas, if it is joined.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self, #[header("X-Ids", pipes)] ids: &[u32]) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
