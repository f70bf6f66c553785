// A macro generates the trait, its path and its names.
use kestra_auth::{Client, Error, api};

macro_rules! flows {
    ($name:ident, $path:literal, $argument:ident: $type:ty => $result:ty) => {
        #[api]
        trait $name {
            #[get($path)]
            async fn list(&self, $argument: $type, #[query] page: u32) -> Result<$result, Error>;
        }
    };
}

flows!(Flows, "/flows/{id}", id: &str => Vec<u32>);

async fn used(client: Client) -> Result<Vec<u32>, Error> {
    FlowsClient::new(client).list("id", 1).await
}

fn main() {
    let _ = used;
}
