// A field of another kind, through an alias.
type Id = u64;

#[derive(serde::Deserialize, kestra_auth::Contract)]
#[contract(openapi = "api.yaml", answer = "Item")]
struct Item {
    id: Id, //~
}

fn main() {}
