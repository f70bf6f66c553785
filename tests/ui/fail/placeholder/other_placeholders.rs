// A path parameter has a placeholder: the existing ones are listed.
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
