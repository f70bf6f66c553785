// The schema has no such property.
#[derive(serde::Deserialize, kestra_auth::Contract)]
#[contract(openapi = "api.yaml", response = "Parent")]
struct Parent {
    idd: String, //~
}

fn main() {}
