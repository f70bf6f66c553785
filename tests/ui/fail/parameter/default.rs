// A parameter has no default: an `Option` is left out.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self, #[query(default = 1)] page: u32) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
