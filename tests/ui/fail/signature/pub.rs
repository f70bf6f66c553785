// A method is as visible as its trait.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    pub async fn list(&self) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
