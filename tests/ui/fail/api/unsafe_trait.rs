// An API trait is not `unsafe`.
use kestra_auth::{Error, api};

#[api]
unsafe trait Flows { //~
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
