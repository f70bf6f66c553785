// `redirects` is one of three words.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", redirects = "follow")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
