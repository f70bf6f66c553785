// A cookie has a name.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self, #[cookie("")] session: &str) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
