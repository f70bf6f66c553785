// An attribute that nothing defines is reported by the compiler.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")] #[cache("5m")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
