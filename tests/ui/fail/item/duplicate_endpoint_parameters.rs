// Two methods do not send the same parameters, in whatever order.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", headers("X-Api: 2"))]
    async fn list(&self, #[query] page: u32, #[header("X-Tenant")] tenant: &str) -> Result<(), Error>;
    #[get("/flows", headers("X-Api: 2"))] //~
    async fn search(&self, #[header("x-tenant")] of: &str, #[query("page")] number: u32) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
