// The attributes of other frameworks are reported with ours.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[post("/flows")]
    async fn create(&self, #[RequestBody] flow: &str) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
