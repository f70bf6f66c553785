// A result does not borrow.
use kestra_auth::{Error, api};

#[derive(serde::Deserialize)]
struct Flow<'a>(&'a str);

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<Flow<'_>, Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
