// `#[api]` goes on a trait, not on its impl.
use kestra_auth::api;

struct Flows;

#[api]
impl Flows { //~
    fn list(&self) {}
}

fn main() {
    Flows.list();
}
