// `anonymous` has no value.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", anonymous = false)] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
