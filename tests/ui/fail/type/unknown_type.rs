// The types of a result exist. One that does not is one error.
use kestra_auth::{Error, api};

#[api(dyn)]
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<Vec<Flow>, Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
