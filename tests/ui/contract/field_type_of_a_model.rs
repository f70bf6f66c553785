// The field is a model of another JSON type.
#[derive(serde::Deserialize, kestra_auth::Contract)]
#[contract(openapi = "api.yaml", response = "Item")]
struct Item {
    state: Option<Parent>, //~
}

#[derive(serde::Deserialize, kestra_auth::Contract)]
#[contract(openapi = "api.yaml", response = "Parent")]
struct Parent {
    id: String,
}

fn main() {}
