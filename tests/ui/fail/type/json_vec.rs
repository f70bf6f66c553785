// The items of a JSON body implement `Serialize`.
use kestra_auth::{Error, api};

struct Bad;

#[api]
trait Flows {
    #[post("/flows")]
    async fn list(
        &self,
        #[json] flows: &[Bad], //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
