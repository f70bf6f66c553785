// `#[part]` and `#[multipart]` are two bodies.
use kestra_auth::{Error, api};
use kestra_auth::multipart::Form;

#[api]
trait Flows {
    #[post("/flows")]
    async fn list(
        &self,
        #[part] flow: &str,
        #[multipart] form: Form, //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
