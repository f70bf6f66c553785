// `Text` is a whole result.
use kestra_auth::{Error, Text, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<Vec<Text>, Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
