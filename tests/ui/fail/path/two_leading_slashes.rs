// A path does not start with `//`.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("//kestra.example.com/flows")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
