// A verb in `cfg_attr` is not seen.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[cfg_attr(unix, get("/flows"))] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
