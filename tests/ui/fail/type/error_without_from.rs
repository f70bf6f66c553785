// An error type implements `From<Error>`.
use kestra_auth::api;

struct Bad;

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<(), Bad>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
