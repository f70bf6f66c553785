// A request sends a fraction where the document has an integer.
#[derive(serde::Serialize, kestra_auth::Contract)]
#[contract(openapi = "api.yaml", request = "Item")]
struct Item {
    id: String,
    size: f64, //~
}

fn main() {}
