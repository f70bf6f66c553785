// A fraction, sent where the server wants an integer.
#[derive(serde::Serialize, kestra_auth::Contract)]
#[contract(openapi = "api.yaml", request = "Item")]
struct Item {
    id: String,
    size: f64, //~
}

fn main() {}
