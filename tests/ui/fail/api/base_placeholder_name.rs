// A placeholder of the base becomes an argument of `new`.
use kestra_auth::{Client, Error, api};

#[api(base = "/{tenant-id}")] //~
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = |client: Client| FlowsClient::new(client, "main");
}
