// A field that the document may leave out.
#[derive(serde::Deserialize, kestra_auth::Contract)]
#[contract(openapi = "api.yaml", response = "Item")]
struct Item {
    tags: Vec<String>, //~
}

fn main() {}
