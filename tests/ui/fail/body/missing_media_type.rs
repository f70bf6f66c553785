// A raw body has a media type.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[post("/flows")]
    async fn list(
        &self,
        #[body] text: &str, //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
