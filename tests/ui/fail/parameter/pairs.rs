// Pairs are flattened into the query.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self, #[query] pairs: &[(&str, u32)]) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
