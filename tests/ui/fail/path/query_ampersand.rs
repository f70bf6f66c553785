// The query of a path starts with a question mark.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows&page={page}")] //~
    async fn list(&self, page: u32) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
