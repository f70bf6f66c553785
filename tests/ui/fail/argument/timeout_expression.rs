// A timeout is a string literal, not an expression.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", timeout = Duration::from_secs(5))] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
