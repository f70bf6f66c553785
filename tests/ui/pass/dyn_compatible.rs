// `dyn` generates a trait for `Arc` and `Box`.
use std::sync::Arc;

use kestra_auth::{Client, Error, api};

#[api(dyn)]
trait Flows {
    #[get("/flows/{id}")]
    async fn flow(&self, id: &str) -> Result<u32, Error>;
}

async fn takes(flows: impl Flows) -> Result<u32, Error> {
    flows.flow("id").await
}

async fn used(client: Client) -> Result<u32, Error> {
    let shared: Arc<dyn DynFlows> = Arc::new(FlowsClient::new(client));
    let boxed: Box<dyn DynFlows> = Box::new(Arc::clone(&shared));
    let borrowed: &dyn DynFlows = &*shared;
    let sum = borrowed.flow("a").await? + shared.flow("b").await? + boxed.flow("c").await?;
    Ok(sum + takes(shared).await? + takes(boxed).await?)
}

fn main() {
    let _ = used;
}
