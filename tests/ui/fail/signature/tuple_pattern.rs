// A parameter has a name, not a pattern.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(
        &self,
        #[query] (page, size): (u32, u32), //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
