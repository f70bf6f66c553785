// `allow_body` is for verbs that have no body otherwise.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[post("/flows", allow_body)] //~
    async fn list(&self, #[json] flow: &str) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
