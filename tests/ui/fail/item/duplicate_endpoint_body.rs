// Two methods do not send the same body to the same path.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[post("/flows/{id}")]
    async fn update(&self, id: &str, #[json] flow: &Vec<u8>) -> Result<(), Error>;
    #[post("/flows/{name}")] //~
    async fn change(&self, #[json] body: Vec<u8>, name: &str) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
