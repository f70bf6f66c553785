// HEAD has no body.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[head("/flows")]
    async fn list(
        &self,
        #[body("text/plain")] text: &str, //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
