// An endpoint is async instead of returning a future.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    fn list(&self) -> impl Future<Output = Result<(), Error>>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
