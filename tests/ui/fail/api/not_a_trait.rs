// `#[api]` is for traits.
use kestra_auth::api;

#[api]
pub struct Flows { //~
    pub id: String,
}

fn main() {
    let _ = Flows { id: String::new() };
}
