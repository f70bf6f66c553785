// A placeholder of the base has one value.
use kestra_auth::{Error, api};

#[api(base = "/{tenant?}")] //~
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
