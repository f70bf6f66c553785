// A result can be an alias, and the error a type of the user's.
use kestra_auth::{Client, Error, Response, api};

type Outcome<T> = Result<T, Mine>;
type Counted<T> = Outcome<Response<T>>;

#[derive(Debug)]
struct Mine(#[allow(dead_code)] Error);

impl From<Error> for Mine {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Outcome<Vec<String>>;
    #[get("/flows/count")]
    async fn count(&self) -> Counted<u32>;
    #[delete("/flows")]
    async fn clear(&self) -> Outcome<()>;
}

async fn used(client: Client) -> Outcome<u32> {
    let flows = FlowsClient::new(client);
    let _: Vec<String> = flows.list().await?;
    flows.clear().await?;
    Ok(flows.count().await?.into_body())
}

fn main() {
    let _ = used;
}
