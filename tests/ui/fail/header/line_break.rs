// The value of a constant header is one line.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", headers("X-Api: 2\r\nX-Evil: 1"))] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
