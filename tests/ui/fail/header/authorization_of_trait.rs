// An anonymous method is not in a trait with a constant `Authorization`.
use kestra_auth::{Error, api};

#[api(headers("X-Api: 2", "Authorization: Bearer public"))]
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
    #[get("/health", anonymous)] //~
    async fn health(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
