// `client` is a name without quotes.
use kestra_auth::{Error, api};

#[api(client = "Name")] //~
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
