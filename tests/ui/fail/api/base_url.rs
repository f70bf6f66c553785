// The base is a path. The server's address is given to the client.
use kestra_auth::{Error, api};

#[api(base = "https://kestra.example.com/api/v1")] //~
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
