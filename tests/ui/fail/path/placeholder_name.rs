// A placeholder has a name of letters, digits, `_`, `-` and `.`.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows/{flow id}")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
