// `rename_all` is one of serde's cases.
use kestra_auth::{Error, api};

#[api(rename_all = "camel")] //~
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
