// The name of an argument that is sent as a cookie is one that cookies can have.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self, #[cookie] größe: &str) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
