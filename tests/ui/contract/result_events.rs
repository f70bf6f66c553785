// The result reads events from a response of JSON.
use kestra_auth::{Error, Event, EventStream, api};

#[api(openapi = "api.yaml")]
trait ItemsApi {
    #[get("/items")]
    async fn items(&self) -> Result<EventStream<Event>, Error>; //~
}

fn main() {}
