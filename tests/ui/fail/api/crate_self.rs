// `crate` is the path of a module.
use kestra_auth::{Error, api};

#[api(crate = crate::Self)] //~
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
