// `self` is not sent.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(
        #[query] //~
        &self,
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
