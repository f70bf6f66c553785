// After an error, `dyn` and the base still generate what they should. 3 errors
use std::sync::Arc;

use kestra_auth::{Client, Error, api};

#[api(dyn, base = "api/{tenant}", client = "Flowing")] //~
trait Flows {
    #[get("/flows/{id}")]
    fn flow(&self, id: &str) -> Result<u32, Error>; //~
}

async fn used(client: Client) -> Result<u32, Error> {
    let flows: Arc<dyn DynFlows> = Arc::new(Flowing::new(client, "main"));
    flows.flow("id").await
}

fn main() {
    let _ = used;
}
