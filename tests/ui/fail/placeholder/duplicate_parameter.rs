// A placeholder has one parameter.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows/{id}")]
    async fn list(
        &self,
        id: &str,
        #[path("id")] other: &str, //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
