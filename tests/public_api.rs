//! Compares the public API of kestra-auth with the listing in `docs/public-api.txt`, so that a change to it is
//! seen in review. Run it with `.ci/run api`, which has rustdoc write the JSON that this program reads.
//!
//! `UPDATE_API=1 .ci/run api` rewrites the listing.
#![allow(clippy::print_stdout, reason = "a program for developers")]

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use public_api::Builder;

/// The version of rustdoc's JSON that `public_api` reads. Other releases of Rust write other versions, and list a few
/// items differently.
const FORMAT: u64 = 57;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let json = workspace.join("target/doc/kestra_auth.json");
    let document: serde_json::Value = serde_json::from_slice(&fs::read(&json)?)?;
    if document["format_version"] != FORMAT {
        let found = &document["format_version"];
        println!(
            "skipped: rustdoc writes version {found} of its JSON, and the listing is compared with version {FORMAT}"
        );
        return Ok(ExitCode::SUCCESS);
    }
    // Every type has the implementations that are omitted here, or has them because of its fields.
    let api = Builder::from_rustdoc_json(json).omit_blanket_impls(true).omit_auto_trait_impls(true).build()?;
    let (found, listing) = (api.to_string(), workspace.join("docs/public-api.txt"));
    if std::env::var_os("UPDATE_API").is_some() {
        fs::write(listing, found)?;
        return Ok(ExitCode::SUCCESS);
    }
    let listed = fs::read_to_string(listing)?;
    if listed == found {
        println!("the public API is as listed in docs/public-api.txt");
        return Ok(ExitCode::SUCCESS);
    }
    let (listed, found): (BTreeSet<_>, BTreeSet<_>) = (listed.lines().collect(), found.lines().collect());
    listed.difference(&found).for_each(|item| println!("- {item}"));
    found.difference(&listed).for_each(|item| println!("+ {item}"));
    println!("the public API has changed; if that is intended, run `UPDATE_API=1 .ci/run api`");
    Ok(ExitCode::FAILURE)
}
