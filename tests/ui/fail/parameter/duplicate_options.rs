// A call has one parameter for its options.
use kestra_auth::{CallOptions, Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(
        &self,
        #[options] options: CallOptions,
        #[options] more: CallOptions, //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
