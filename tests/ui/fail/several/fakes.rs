// A fake of a trait with errors compiles. 2 errors
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows/{}")] //~
    async fn flow(&self, (a, b): (u8, u8)) -> Result<u32, Error>; //~
}

struct Fake;

impl Flows for Fake {
    async fn flow(&self, _: (u8, u8)) -> Result<u32, Error> {
        Ok(7)
    }
}

fn main() {
    let _ = Fake.flow((1, 2));
}
