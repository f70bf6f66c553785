// A misspelled attribute of a parameter is reported with a suggestion.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(
        &self,
        #[qury] page: u32, //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
