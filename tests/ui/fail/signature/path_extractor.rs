// A parameter has a name, not the pattern of an extractor.
use kestra_auth::{Error, api};

struct Path<T>(T);

#[api]
trait Flows {
    #[get("/flows/{id}")]
    async fn flow(&self, Path(id): Path<u32>) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
