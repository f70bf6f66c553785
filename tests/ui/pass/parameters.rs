// Each kind of parameter.
use http::HeaderMap;
use kestra_auth::{CallOptions, Client, Error, Link, api};
use serde::Serialize;

#[derive(Serialize)]
struct Filter {
    name: Option<String>,
}

fn doubled<S: serde::Serializer>(value: &u32, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u32(value * 2)
}

#[api]
trait Flows {
    #[get("/{a}/{b?}/{**c}?kind=flow")]
    #[allow(clippy::too_many_arguments)]
    async fn all(
        &self,
        #[path("a")] first: u32,
        b: Option<&str>,
        #[path(encoded)] c: &str,
        #[query(flatten)] filter: &Filter,
        #[query("filter", deep_object)] deep: &Filter,
        #[query(csv)] ids: &[u32],
        #[query(flag)] verbose: bool,
        #[query(display)] shown: std::net::Ipv4Addr,
        #[query(with = "doubled")] size: u32,
        #[header("X-Id", sensitive)] id: &str,
        #[headers] headers: &HeaderMap,
        #[cookie] session: Option<&str>,
        #[options] options: CallOptions,
    ) -> Result<(), Error>;
    #[get]
    async fn next(&self, #[url] next: &Link) -> Result<(), Error>;
    #[http(PURGE, "/cache")]
    async fn purge(&self) -> Result<(), Error>;
}

async fn used(client: Client, next: &Link) -> Result<(), Error> {
    let flows = FlowsClient::new(client);
    flows.purge().await?;
    flows.next(next).await
}

fn main() {
    let _ = used;
}
