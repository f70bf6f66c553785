// Two methods do not send the same request.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows/{id}")]
    async fn flow(&self, id: &str) -> Result<(), Error>;
    #[get("/flows/{name}")] //~
    async fn by_name(&self, name: &str) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
