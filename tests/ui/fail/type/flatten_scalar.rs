// A flattened parameter has fields.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self, #[query(flatten)] page: Option<u32>) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
