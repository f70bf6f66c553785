// An endpoint is not `extern`.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async extern "C" fn list(&self) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
