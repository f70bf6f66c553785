// `#[url]` is the whole target.
use kestra_auth::{Error, Link, api};

#[api]
trait Flows {
    #[get("/flows")] //~
    async fn list(&self, #[url] next: &Link) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
