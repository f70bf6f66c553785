// An unknown field, where a required one is not sent.
#[derive(serde::Serialize, kestra_auth::Contract)]
#[contract(openapi = "api.yaml", request = "Parent")]
struct Parent {
    name: String, //~
}

fn main() {}
