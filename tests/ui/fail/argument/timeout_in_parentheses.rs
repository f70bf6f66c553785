// The value of an argument follows `=`.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", timeout("5s"))] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
