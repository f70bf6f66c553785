// The query of a path is constant.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows?page={page}")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
