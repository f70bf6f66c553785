// The type inside a `Response` implements `Deserialize`.
use kestra_auth::{Error, Response, api};

struct Bad;

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<Response<Bad>, Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
