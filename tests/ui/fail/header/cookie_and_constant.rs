// Cookies are given one by one or as a header.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", headers("Cookie: a=b"))]
    async fn list(&self, #[cookie] session: &str) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
