// An argument of `#[api]` is given once.
use kestra_auth::{Error, api};

#[api(anonymous, anonymous)] //~
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
