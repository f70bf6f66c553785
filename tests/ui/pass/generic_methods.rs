// A method can be generic over what it sends and what it reads.
use kestra_auth::{Client, Error, api};
use serde::Serialize;
use serde::de::DeserializeOwned;

#[derive(Serialize)]
struct Pages<const N: usize>;

#[api]
trait Flows {
    #[get("/flows/{id}")]
    async fn read<T: DeserializeOwned + Send>(&self, id: &str) -> Result<T, Error>;
    #[post("/flows")]
    async fn write<T>(&self, #[json] flow: &T) -> Result<(), Error>
    where
        T: Serialize + Sync + ?Sized;
    #[post("/pages")]
    async fn pages<const N: usize>(&self, #[json] pages: Pages<N>) -> Result<(), Error>;
}

async fn used(client: Client) -> Result<u32, Error> {
    let flows = FlowsClient::new(client);
    flows.write("flow").await?;
    flows.pages(Pages::<7>).await?;
    flows.read("id").await
}

fn main() {
    let _ = used;
}
