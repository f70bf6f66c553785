// A field that may be missing in the response.
#[derive(serde::Deserialize, kestra_auth::Contract)]
#[contract(openapi = "api.yaml", response = "Item")]
struct Item {
    tags: Vec<String>, //~
}

fn main() {}
