// A list in a form field has one separator.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[post("/flows")]
    async fn list(&self, #[field("ids", csv, pipes)] ids: &[u32]) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
