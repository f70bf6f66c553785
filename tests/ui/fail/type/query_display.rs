// A parameter with `display` implements `Display`.
use kestra_auth::{Error, api};

struct Bad;

#[api]
trait Flows {
    #[post("/flows")]
    async fn list(
        &self,
        #[query(display)] flow: &Bad, //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
