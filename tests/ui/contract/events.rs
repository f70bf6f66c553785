// A stream of events, where JSON is answered.
use kestra_auth::{Error, Event, EventStream, api};

#[api(openapi = "api.yaml")]
trait ItemsApi {
    #[get("/items")]
    async fn items(&self) -> Result<EventStream<Event>, Error>; //~
}

fn main() {}
