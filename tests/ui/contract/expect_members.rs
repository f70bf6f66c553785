// Fields, variants and models expect mismatches that they do not have, or expect nothing: 4 errors
#[derive(kestra_auth::Contract)]
#[contract(openapi = "api.yaml", response = "Parent", expect(required))] //~
struct Parent {
    #[contract(expect(type))] //~
    id: String,
}

#[derive(kestra_auth::Contract)]
#[contract(openapi = "api.yaml", response = "State")]
#[serde(rename_all = "UPPERCASE")]
enum State {
    #[contract(expect(value))] //~
    Open,
    #[contract] //~
    Done,
}

fn main() {}
