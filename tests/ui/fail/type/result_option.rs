// The type inside an `Option` implements `Deserialize`.
use kestra_auth::{Error, api};

struct Bad;

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<Option<Bad>, Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
