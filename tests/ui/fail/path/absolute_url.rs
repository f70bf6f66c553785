// A path is not a URL.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("https://kestra.example.com/flows")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
