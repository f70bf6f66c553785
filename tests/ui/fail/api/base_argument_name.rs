// A placeholder of the base is an argument of `new`.
use kestra_auth::{Error, api};

#[api(base = "/{tenant-id}")] //~
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
