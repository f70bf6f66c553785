// The document has no such schema.
#[derive(serde::Deserialize, kestra_auth::Contract)]
#[contract(openapi = "api.yaml", response = "Itme")] //~
struct Item {
    id: String,
}

fn main() {}
