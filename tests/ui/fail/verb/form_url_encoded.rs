// The body decides that a request is a form.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[post("/flows")]
    #[FormUrlEncoded] //~
    async fn create(&self, #[field] name: &str) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
