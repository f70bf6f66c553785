// `Option<Text>` is for endpoints with `none(…)`.
use kestra_auth::{Error, Text, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<Option<Text>, Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
