// `String` is rejected under an alias, too.
use kestra_auth::{Error, api};

type Answer = Result<String, Error>;

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Answer; //~
}

fn main() {
    let _ = FlowsClient::new;
}
