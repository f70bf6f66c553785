// The base is a string literal.
use kestra_auth::{Error, api};

#[api(base = 7)] //~
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
