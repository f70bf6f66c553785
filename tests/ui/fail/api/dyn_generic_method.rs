// `dyn` does not work with a generic method.
use kestra_auth::{Error, api};

#[api(dyn)]
trait Flows {
    #[get("/flows")]
    async fn list<T: serde::Serialize + Sync>(&self, #[query] page: &T) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
