// `#[api]` is for traits. The attributes inside an impl cause no further errors.
use kestra_auth::{Error, api};

struct Flows;

#[api]
impl Flows { //~
    #[get("/flows")]
    async fn list(&self, #[query] page: u32) -> Result<u32, Error> {
        Ok(page)
    }
}

fn main() {
    let _ = Flows.list(1);
}
