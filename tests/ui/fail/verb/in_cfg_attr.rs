// A verb is not in `cfg_attr`.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[cfg_attr(unix, get("/flows"))] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
