// A path parameter is not under `cfg`.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows/{id}")]
    async fn list(
        &self,
        #[cfg(unix)] //~
        id: &str,
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
