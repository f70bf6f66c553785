// The name is in parentheses.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(
        &self,
        #[query = "page"] number: u32, //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
