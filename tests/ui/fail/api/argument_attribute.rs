// An argument of `#[api]` is not an attribute of the trait.
use kestra_auth::{Error, api};

#[api]
#[headers("X-Api: 2")] //~
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
