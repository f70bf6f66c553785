// The value of a query parameter is not a tuple.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self, #[query] range: (u32, u32)) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
