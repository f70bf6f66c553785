// A parameter is not `ref`.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(
        &self,
        #[query] ref page: u32, //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
