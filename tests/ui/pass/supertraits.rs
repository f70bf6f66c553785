// A supertrait is one that every client implements, or that the user implements.
use std::fmt::Debug;

use kestra_auth::{Client, Error, api};

trait Named {
    fn name(&self) -> &str;
}

impl Named for FlowsClient {
    fn name(&self) -> &str {
        "flows"
    }
}

#[api]
trait Flows: Clone + Debug + Named + 'static {
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

async fn used(client: Client) -> Result<(), Error> {
    let flows = FlowsClient::new(client).clone();
    let _ = flows.name();
    flows.list().await
}

fn main() {
    let _ = used;
}
