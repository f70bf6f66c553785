// A placeholder has no `$` before it.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows/${id}")] //~
    async fn list(&self, id: &str) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
