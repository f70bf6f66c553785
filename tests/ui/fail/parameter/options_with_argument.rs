// `#[options]` has no arguments.
use kestra_auth::{CallOptions, Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(
        &self,
        #[options(retry)] options: CallOptions, //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
