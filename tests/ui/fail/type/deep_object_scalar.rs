// An object has fields.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self, #[query(deep_object)] page: u32) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
