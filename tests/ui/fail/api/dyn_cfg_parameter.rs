// `dyn` does not work with a parameter under `cfg`.
use kestra_auth::{Error, api};

#[api(dyn)]
trait Flows {
    #[get("/flows")]
    async fn list(&self, #[cfg(all())] #[query] page: u32) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
