// A placeholder of the base has one value.
use kestra_auth::{Client, Error, api};

#[api(base = "/{tenant?}")] //~
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = |client: Client| FlowsClient::new(client, "main");
}
