// A misspelled argument of a parameter's attribute is reported with a suggestion.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(
        &self,
        #[query(flaten)] filter: &[(u8, u8)], //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
