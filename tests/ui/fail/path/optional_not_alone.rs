// `{name?}` is alone in its segment.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows/v{version?}")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
