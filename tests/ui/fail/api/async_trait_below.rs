// `#[async_trait]` is not needed with `#[api]`.
use kestra_auth::{Error, api};

#[api]
#[async_trait] //~
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
