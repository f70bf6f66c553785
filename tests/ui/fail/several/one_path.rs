// Every error of a path is reported, all of them at the path. 3 errors
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/all flows/../{}")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
