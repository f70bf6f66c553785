// A path parameter has a placeholder. The message lists the existing ones.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows/{namespace}")]
    async fn list(
        &self,
        namespace: &str, #[path("version")] revision: u32, //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
