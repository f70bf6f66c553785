// `end` is given once.
use kestra_auth::{Error, EventStream, api};

#[api]
trait Flows {
    #[get("/flows", end = "a", end = "b")] //~
    async fn list(&self) -> Result<EventStream<u8>, Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
