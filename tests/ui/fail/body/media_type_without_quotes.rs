// A media type is a string literal.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[post("/flows")]
    async fn create(&self, #[body(text/csv)] rows: &str) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
