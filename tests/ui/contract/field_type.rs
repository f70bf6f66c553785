// The field has another JSON type, through an alias.
type Id = u64;

#[derive(serde::Deserialize, kestra_auth::Contract)]
#[contract(openapi = "api.yaml", response = "Item")]
struct Item {
    id: Id, //~
}

fn main() {}
