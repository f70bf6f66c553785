// The query of a path is constant.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows?<page>&<size>")] //~
    async fn list(&self, page: u32, size: u32) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
