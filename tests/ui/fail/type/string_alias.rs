// `String` is rejected under an alias, too.
use kestra_auth::{Error, api};

type Outcome = Result<String, Error>;

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Outcome; //~
}

fn main() {
    let _ = FlowsClient::new;
}
