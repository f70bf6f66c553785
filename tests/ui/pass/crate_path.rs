// The crate has another path.
mod inner {
    pub use kestra_auth as renamed;
}

use inner::renamed::{Client, Error, api};

#[api(crate = crate::inner::renamed, client = Flowing)]
trait FlowsClient {
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

async fn used(client: Client) -> Result<(), Error> {
    Flowing::new(client).list().await
}

fn main() {
    let _ = used;
}
