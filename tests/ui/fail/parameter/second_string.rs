// A parameter has one name.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self, #[query("a", "b")] page: u32) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
