// A flag has no value to display.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(
        &self,
        #[query(flag, display)] verbose: bool, //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
