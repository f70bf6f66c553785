// An argument with nearly the name of a placeholder is reported with a suggestion.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows/{flow_id}")]
    async fn list(
        &self,
        flow_di: &str, //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
