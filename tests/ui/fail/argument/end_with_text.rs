// `end` is for event streams, not for other results that are not JSON. 2 errors
use kestra_auth::{Error, Response, Text, api};

#[api]
trait Flows {
    #[get("/flows", none(404), end = "[DONE]")] //~
    async fn list(&self) -> Result<Option<u32>, Error>;
    #[get("/flows/{id}", end = "[DONE]")] //~
    async fn flow(&self, id: u32) -> Result<Response<Text>, Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
