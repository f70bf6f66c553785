// Expressions of RFC 6570 with an operator or several names are not placeholders. 4 errors
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows/{namespace,id}")] //~
    async fn flow(&self, namespace: &str, id: &str) -> Result<(), Error>;
    #[get("/flows{;ids*}")] //~
    async fn matrix(&self, ids: &[u32]) -> Result<(), Error>;
    #[get("/flows/latest{.format}")] //~
    async fn label(&self, format: &str) -> Result<(), Error>;
    #[get("/flows{?ids*}")] //~
    async fn query(&self, ids: &[u32]) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
