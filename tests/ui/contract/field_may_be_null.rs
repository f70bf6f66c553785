// A field that the document may null.
#[derive(serde::Deserialize, kestra_auth::Contract)]
#[contract(openapi = "api.yaml", response = "Item")]
struct Item {
    id: String,
    note: String, //~
}

fn main() {}
