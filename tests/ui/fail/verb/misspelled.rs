// A misspelled verb is reported with a suggestion.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[gett("/flows")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
