// A misspelt argument of `#[api]`: did you mean.
use kestra_auth::{Error, api};

#[api(bse = "/api/v1")] //~
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
