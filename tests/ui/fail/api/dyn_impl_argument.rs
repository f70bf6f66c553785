// `dyn` does not work with an `impl` argument.
use kestra_auth::{Error, api};

#[api(dyn)]
trait Flows {
    #[get("/flows")]
    async fn list(&self, #[query] page: impl serde::Serialize) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
