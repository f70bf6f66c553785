// The client does not have the name of the trait.
use kestra_auth::{Error, api};

#[api(client = Flows)] //~
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
}
