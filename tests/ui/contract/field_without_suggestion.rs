// The schema has no such property, nor a similar one.
#[derive(serde::Deserialize, kestra_auth::Contract)]
#[contract(openapi = "api.yaml", response = "Parent")]
struct Parent {
    parent_name: String, //~
}

fn main() {}
