// The name of a header parameter is a token.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(
        &self,
        #[header("X Id")] id: &str, //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
