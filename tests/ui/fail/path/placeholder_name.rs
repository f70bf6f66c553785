// The name of a placeholder has letters, digits, `_`, `-` and `.`.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows/{flow id}")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
