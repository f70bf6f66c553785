// A misspelled argument of `#[api]` is reported with a suggestion.
use kestra_auth::{Error, api};

#[api(bse = "/api/v1")] //~
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
