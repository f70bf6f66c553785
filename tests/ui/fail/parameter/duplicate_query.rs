// A query parameter has one argument.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(
        &self,
        #[query] page: u32,
        #[query("page")] other: u32, //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
