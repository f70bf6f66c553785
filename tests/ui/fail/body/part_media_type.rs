// The media type of a part is well-formed.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[post("/flows")]
    async fn list(
        &self,
        #[part("flow", media = "zip")] flow: &str, //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
