// `crate` is the path of kestra_auth.
use kestra_auth::{Error, api};

#[api(crate = nowhere)] //~
trait Flows {
    #[get("/flows/{id}")]
    async fn flow(&self, id: &str) -> Result<u32, Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
