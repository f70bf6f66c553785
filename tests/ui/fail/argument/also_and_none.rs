// A status is in `none` or in `also`, not in both.
use kestra_auth::{Error, Response, api};

#[api]
trait Flows {
    #[get("/flows", none(404), also(404))] //~
    async fn list(&self) -> Result<Response<Option<u8>>, Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
