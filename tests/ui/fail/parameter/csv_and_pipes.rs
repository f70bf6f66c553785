// A query parameter has one form.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(
        &self,
        #[query(csv, pipes)] pages: &[u32], //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
