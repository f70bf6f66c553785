// `#[url]` is the whole target, so it excludes placeholders.
use kestra_auth::{Error, Link, api};

#[api]
trait Flows {
    #[get]
    async fn list(
        &self,
        #[url] next: &Link,
        #[path] id: &str, //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
