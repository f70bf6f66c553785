// A line implements `Deserialize`.
use kestra_auth::{Error, JsonLines, api};

struct Bad;

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<JsonLines<Bad>, Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
