// An argument of `#[api]` starts with its name.
use kestra_auth::{Error, api};

#[api(7)] //~
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
