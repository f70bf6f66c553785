// Every trait with `#[api(dyn)]` has a method `try_with_options`.
use kestra_auth::{Error, api};

#[api(dyn)]
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;

    #[get("/options")]
    async fn try_with_options(&self) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
