// `#[contract(…)]` without a document.
#[derive(serde::Deserialize, kestra_auth::Contract)]
#[contract(response = "Item")] //~
struct Item {
    id: String,
}

fn main() {}
