// A parameter has a name.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(
        &self,
        #[query] _: u32, //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
