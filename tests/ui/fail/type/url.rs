// `#[url]` is a `Link`.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get]
    async fn list(
        &self,
        #[url] next: &str, //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
