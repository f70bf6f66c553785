// `dyn` does not work with a generic trait.
use kestra_auth::{Error, api};

#[api(dyn)]
trait Flows<T> { //~
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
