// `with` has serde's signature.
use kestra_auth::{Error, api};

fn shown(_: u32) {}

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(
        &self,
        #[query(with = "shown")] page: u32, //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
