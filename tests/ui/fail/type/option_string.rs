// `Option<String>` would be read as JSON.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<Option<String>, Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
