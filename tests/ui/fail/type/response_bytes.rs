// `Response<Bytes>` would be read as JSON.
use kestra_auth::{Error, Response, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<Response<bytes::Bytes>, Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
