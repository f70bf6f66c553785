// An unknown argument of a parameter's word.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(
        &self,
        #[query(comma)] pages: &[u32], //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
