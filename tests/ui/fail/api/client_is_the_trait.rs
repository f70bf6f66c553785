// The client and the trait have two names.
use kestra_auth::{Error, api};

#[api(client = Flows)] //~
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
}
