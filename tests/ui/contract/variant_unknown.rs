// The schema has no such value.
#[derive(serde::Serialize, kestra_auth::Contract)]
#[contract(openapi = "api.yaml", request = "State")]
enum State {
    #[serde(rename = "OPEN")]
    Open,
    #[serde(rename = "DON")]
    Done, //~
}

fn main() {}
