// A part is text, bytes or a `Part`.
use kestra_auth::{Error, api};

struct Bad;

#[api]
trait Flows {
    #[post("/flows")]
    async fn list(
        &self,
        #[part] flow: Bad, //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
