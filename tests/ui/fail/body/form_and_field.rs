// `#[form]` and `#[field]` are two bodies.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[post("/flows")]
    async fn list(
        &self,
        #[form] login: &[(u8, u8)],
        #[field] name: &str, //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
