// `flatten` sends the names of the fields.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(
        &self,
        #[query("filter", flatten)] filter: &[(u8, u8)], //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
