// A flag is a `bool`.
use kestra_auth::{Error, api};

struct Bad;

#[api]
trait Flows {
    #[post("/flows")]
    async fn list(
        &self,
        #[query(flag)] verbose: u8, //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
