// The type of the response has a name.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<impl Clone, Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
