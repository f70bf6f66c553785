// An endpoint takes `&self` instead of a client.
use kestra_auth::{Client, Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(client: &Client) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
