// `headers` has a list of strings.
use kestra_auth::{Error, api};

#[api(headers(X_API))] //~
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
