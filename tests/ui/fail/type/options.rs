// `#[options]` is a `CallOptions`.
use kestra_auth::{Error, api};

struct Bad;

#[api]
trait Flows {
    #[post("/flows")]
    async fn list(
        &self,
        #[options] options: Bad, //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
