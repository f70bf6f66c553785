// The type inside `Json` implements `Deserialize`.
use kestra_auth::{Error, Json, api};

struct Bad;

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<Json<Bad>, Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
