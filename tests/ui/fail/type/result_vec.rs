// The items of a result implement `Deserialize`.
use kestra_auth::{Error, api};

struct Bad;

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<Vec<Bad>, Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
