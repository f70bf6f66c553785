// `Option<Text>` is for `none(…)`.
use kestra_auth::{Error, Text, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<Option<Text>, Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
