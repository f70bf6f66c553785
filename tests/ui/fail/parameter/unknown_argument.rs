// An unknown word in a parameter's attribute is not a name, which is in quotes.
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
