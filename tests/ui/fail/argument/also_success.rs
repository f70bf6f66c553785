// A success status is not in `also`.
use kestra_auth::{Error, Response, api};

#[api]
trait Flows {
    #[get("/flows", also(204))] //~
    async fn list(&self) -> Result<Response<Option<u32>>, Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
