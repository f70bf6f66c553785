// A result that cannot be read leaves the client as it is. 1 error
use kestra_auth::{Error, api};

struct Bad;

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<Bad, Error>; //~
    #[get("/count")]
    async fn count(&self) -> Result<u32, Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
