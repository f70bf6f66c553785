// A request has one body.
use kestra_auth::{Error, api};
use kestra_auth::multipart::Form;

#[api]
trait Flows {
    #[post("/flows")]
    async fn list(
        &self,
        #[multipart] form: Form,
        #[json] flow: &str, //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
