// The value of an argument follows `=`.
use kestra_auth::{Error, api};

#[api(base("/api/v1"))] //~
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
