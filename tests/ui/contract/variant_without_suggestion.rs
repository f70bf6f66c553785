// The schema has no such value, nor a similar one.
#[derive(serde::Serialize, kestra_auth::Contract)]
#[contract(openapi = "api.yaml", request = "State")]
enum State {
    #[serde(rename = "OPEN")]
    Open,
    #[serde(rename = "DONE")]
    Done,
    #[serde(rename = "REJECTED")]
    Rejected, //~
}

fn main() {}
