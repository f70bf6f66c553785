// An endpoint takes `&self`.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list() -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
