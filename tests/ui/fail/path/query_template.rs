// The query is not a part of the template.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows{?page}")] //~
    async fn list(&self, page: u32) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
