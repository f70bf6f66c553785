// Cookies are taken with `#[cookie]`.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self, #[CookieParam("session")] session: &str) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
