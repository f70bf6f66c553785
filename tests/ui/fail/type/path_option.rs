// A placeholder needs a value.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows/{id}")]
    async fn flow(&self, id: Option<u32>) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
