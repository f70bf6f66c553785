// A value of the response has no variant.
#[derive(serde::Deserialize, kestra_auth::Contract)]
#[contract(openapi = "api.yaml", response = "State")]
enum State { //~
    #[serde(rename = "OPEN")]
    Open,
}

fn main() {}
