// An endpoint is not `unsafe`.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async unsafe fn list(&self) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
