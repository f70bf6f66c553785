// An event implements `Deserialize`.
use kestra_auth::{Error, EventStream, api};

struct Bad;

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<EventStream<Bad>, Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
