// A JSON body implements `Serialize`.
use kestra_auth::{Error, api};

struct Bad;

#[api]
trait Flows {
    #[post("/flows")]
    async fn list(
        &self,
        #[json] flow: &Bad, //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
