// A path parameter implements `Serialize`.
use kestra_auth::{Error, api};

struct Bad;

#[api]
trait Flows {
    #[get("/flows/{flow}")]
    async fn list(
        &self,
        flow: &Bad, //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
