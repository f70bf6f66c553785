//! The committed example of a generated client is what the generator writes.

use std::fs;
use std::path::Path;

use kestra_auth_macros_core::generate::{ContractDocument, Options, compare, generate_file};

#[test]
fn the_example_is_what_is_generated() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../kestra-auth");
    let options =
        Options { contract: ContractDocument::Path("openapi/kestra-2.yaml".to_owned()), ..Options::default() };
    let generated = generate_file(&folder.join("openapi/kestra-2.yaml"), &options).unwrap();
    assert_eq!(generated.left_out, []);
    let file = folder.join("examples/generated/api.rs");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&file, &generated.source).unwrap();
    }
    let committed = fs::read_to_string(file).unwrap();
    assert_eq!(committed, generated.source, "update it with UPDATE_EXPECT=1");
    assert_eq!(compare(&committed, &generated.source), Ok(Vec::new()));
}
