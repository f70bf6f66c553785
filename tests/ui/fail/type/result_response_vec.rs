// The items of a result implement `Deserialize`.
use kestra_auth::{Error, Response, api};

struct Bad;

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<Response<Vec<Bad>>, Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
