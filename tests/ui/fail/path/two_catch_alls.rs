// A path has one catch-all at most.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/{**dir}/raw/{**file}")] //~
    async fn list(&self, dir: &str, file: &str) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
