// `#[async_trait]` is not needed with `#[api]`. Above it, this is what it generates.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows/{id}")]
    fn flow<'life0, 'life1, 'async_trait>( //~
        &'life0 self,
        id: &'life1 str,
    ) -> std::pin::Pin<Box<dyn Future<Output = Result<u32, Error>> + Send + 'async_trait>>
    where
        'life0: 'async_trait,
        'life1: 'async_trait,
        Self: 'async_trait;
}

struct Fake;

impl Flows for Fake {
    async fn flow(&self, _: &str) -> Result<u32, Error> {
        Ok(7)
    }
}

fn main() {
    let _ = Fake.flow("id");
}
