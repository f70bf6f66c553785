// The type of a parameter is written out.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self, #[query] page: _) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
