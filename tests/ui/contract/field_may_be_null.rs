// A field that may be null in the response.
#[derive(serde::Deserialize, kestra_auth::Contract)]
#[contract(openapi = "api.yaml", response = "Note")]
struct Note {
    text: String, //~
}

fn main() {}
