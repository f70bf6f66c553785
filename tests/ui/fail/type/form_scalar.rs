// A form has fields.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[post("/flows")]
    async fn create(&self, #[form] name: &str) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
