// The list of `none` is not empty.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", none())] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
