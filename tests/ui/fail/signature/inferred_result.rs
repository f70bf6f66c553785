// The type of the response is written out.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<_, Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
