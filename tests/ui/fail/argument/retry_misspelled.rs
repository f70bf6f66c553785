// A misspelled word of `retry` is reported with a suggestion.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", retry = "nevr")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
