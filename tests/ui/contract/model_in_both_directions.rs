// A model of a request and of a response.
#[derive(serde::Deserialize, kestra_auth::Contract)]
#[contract(openapi = "api.yaml", request = "Item", response = "Item")] //~
struct Item {
    id: String,
}

fn main() {}
