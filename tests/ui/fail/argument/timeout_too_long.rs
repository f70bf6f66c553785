// A timeout fits into 64 bits.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", timeout = "99999999999999999h")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
