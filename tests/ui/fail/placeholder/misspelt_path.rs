// A `#[path]` whose name is nearly a placeholder's.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows/{flow_id}")]
    async fn list(
        &self,
        #[path("flowid")] id: &str, //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
