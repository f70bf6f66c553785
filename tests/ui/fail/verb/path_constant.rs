// The path is a string literal, not a constant.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get(PATH)] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
