// A placeholder needs a value, under an alias, too.
use kestra_auth::{Error, api};

type Id = Option<u32>;

#[api]
trait Flows {
    #[get("/flows/{id}")]
    async fn flow(&self, id: Id) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
