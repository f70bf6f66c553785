// `#[api]` is on the trait.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    #[api] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
