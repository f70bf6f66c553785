// The document lists no such status.
use kestra_auth::{Error, api};

#[api(openapi = "flows.yaml")]
trait FlowsApi {
    #[get("/names", none(404, 418))] //~
    async fn names(&self) -> Result<Option<Vec<String>>, Error>;
}

fn main() {}
