// Two parameters do not have the same name.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows/{id}")]
    async fn list(
        &self,
        id: &str,
        #[query] id: &str, //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
