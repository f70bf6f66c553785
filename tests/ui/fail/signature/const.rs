// An endpoint is not `const`.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    const async fn list(&self) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
