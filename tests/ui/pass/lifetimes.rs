// Arguments can borrow, with named and with elided lifetimes.
use kestra_auth::{Client, Error, api};
use serde::Serialize;

#[derive(Serialize)]
struct Filter<'a> {
    name: &'a str,
}

#[api]
trait Flows {
    #[get("/flows/{id}")]
    async fn list<'a>(
        &self,
        id: &'a str,
        #[query(flatten)] filter: &Filter<'a>,
        #[query] labels: &[&str],
        #[query] other: Filter2<'_>,
    ) -> Result<(), Error>;
}

type Filter2<'a> = Option<&'a str>;

async fn used(client: Client) -> Result<(), Error> {
    FlowsClient::new(client).list("id", &Filter { name: "n" }, &["a"], None).await
}

fn main() {
    let _ = used;
}
