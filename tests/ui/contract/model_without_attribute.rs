// The derive without `#[contract(…)]`.
#[derive(serde::Deserialize, kestra_auth::Contract)]
struct Item { //~
    id: String,
}

fn main() {}
