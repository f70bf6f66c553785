// A misspelled argument of a verb is reported with a suggestion.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", time_out = "5s")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
