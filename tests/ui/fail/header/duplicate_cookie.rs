// A cookie has one parameter.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self, #[cookie] session: &str, #[cookie("session")] other: &str) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
