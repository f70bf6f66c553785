// `#[contract(…)]` without a schema.
#[derive(serde::Deserialize, kestra_auth::Contract)]
#[contract(openapi = "api.yaml")] //~
struct Item {
    id: String,
}

fn main() {}
