// A fake implements only the methods that it uses.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self, #[query] page: u32) -> Result<Vec<String>, Error>;
    #[get("/flows/{id}")]
    async fn flow(&self, id: &str) -> Result<u32, Error>;
}

struct Fake;

impl Flows for Fake {
    async fn list(&self, _: u32) -> Result<Vec<String>, Error> {
        Ok(vec![])
    }
}

async fn used() -> Result<u32, Error> {
    Fake.list(1).await?;
    Fake.flow("id").await
}

fn main() {
    let _ = used;
}
