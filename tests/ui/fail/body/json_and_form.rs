// A request has one body.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[post("/flows")]
    async fn list(
        &self,
        #[json] flow: &str,
        #[form] other: &[(u8, u8)], //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
