// A request has one body.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[post("/flows")]
    async fn list(
        &self,
        #[body("text/plain")] text: &str,
        #[json] flow: &str, //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
