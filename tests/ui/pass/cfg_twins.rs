// Two methods under `cfg` share a name and a path.
use kestra_auth::{Client, Error, api};

#[api]
trait Flows {
    #[cfg(all())]
    #[get("/flows")]
    async fn list(&self) -> Result<u32, Error>;
    #[cfg(any())]
    #[get("/flows")]
    async fn list(&self) -> Result<Unknown, Error>;
    #[get("/flows/{id}")]
    async fn flow(
        &self,
        id: &str,
        #[cfg(any())]
        #[query]
        page: Unknown,
        #[cfg(all())]
        #[query]
        page: u32,
    ) -> Result<(), Error>;
}

async fn used(client: Client) -> Result<u32, Error> {
    let flows = FlowsClient::new(client);
    flows.flow("id", 7).await?;
    flows.list().await
}

fn main() {
    let _ = used;
}
