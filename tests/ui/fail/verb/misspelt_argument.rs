// A misspelt argument of a verb: did you mean.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", time_out = "5s")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
