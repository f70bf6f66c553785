// Another API trait cannot be a supertrait.
use kestra_auth::{Error, api};

#[api]
trait Auths {
    #[get("/auths")]
    async fn index(&self) -> Result<(), Error>;
}

#[api]
trait Flows: Clone + Auths { //~
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
