// The placeholders of the base are arguments of `new`.
use kestra_auth::{Client, Error, api};

#[api(base = "/api/v1/{tenant}", headers("X-Api: 2"), rename_all = "camelCase")]
trait Flows {
    #[get("/flows", accept = "application/json", timeout = "5s", limit = "1MiB", retry = "never", redirects = "none")]
    async fn list(&self, #[query] page_size: u32) -> Result<(), Error>;
}

async fn used(client: Client) -> Result<(), Error> {
    FlowsClient::new(client, "main").list(10).await
}

fn main() {
    let _ = used;
}
