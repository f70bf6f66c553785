// A form has one style.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[post("/flows")]
    async fn list(
        &self,
        #[form(brackets, dots)] login: &[(u8, u8)], //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
