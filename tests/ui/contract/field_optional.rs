// A required field is an `Option`.
#[derive(serde::Serialize, kestra_auth::Contract)]
#[contract(openapi = "api.yaml", request = "Parent")]
struct Parent {
    id: Option<String>, //~
}

fn main() {}
