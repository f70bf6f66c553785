// `headers` is a list of string literals.
use kestra_auth::{Error, api};

#[api(headers(X_API))] //~
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
