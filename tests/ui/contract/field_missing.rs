// A required field is missing.
#[derive(serde::Serialize, kestra_auth::Contract)]
#[contract(openapi = "api.yaml", request = "Item")]
struct Item { //~
    id: String,
}

fn main() {}
