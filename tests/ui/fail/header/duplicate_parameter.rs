// A header has one parameter.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(
        &self,
        #[header("X-Id")] id: &str,
        #[header("x-id")] other: &str, //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
