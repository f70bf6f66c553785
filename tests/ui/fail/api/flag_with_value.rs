// `anonymous` has no value.
use kestra_auth::{Error, api};

#[api(anonymous = true)] //~
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
