// A constant `Authorization` is not on an anonymous trait, nor on its methods. 2 errors
use kestra_auth::{Error, api};

#[api(anonymous, headers("Authorization: Bearer public"))] //~
trait Flows {
    #[get("/flows", headers("authorization: Basic cHVibGlj"))] //~
    async fn list(&self) -> Result<(), Error>;
    #[get("/health")]
    async fn health(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
