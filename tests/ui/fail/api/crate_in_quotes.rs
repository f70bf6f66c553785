// `crate` is a path without quotes.
use kestra_auth::{Error, api};

#[api(crate = "kestra_auth")] //~
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
