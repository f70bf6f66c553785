// The name of an encoded parameter is encoded.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self, #[query("ids[]", encoded)] ids: &[u32]) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
