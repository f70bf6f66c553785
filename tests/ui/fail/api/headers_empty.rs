// The list of `headers` is not empty.
use kestra_auth::{Error, api};

#[api(headers())] //~
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
