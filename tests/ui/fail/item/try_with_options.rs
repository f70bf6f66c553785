// `try_with_options` is a method of every trait with `#[api(dyn)]`.
use kestra_auth::{Error, api};

#[api(dyn)]
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;

    #[get("/options")]
    async fn try_with_options(&self) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
