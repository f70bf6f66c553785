//! What is reported of two versions, and that it is what the compiler reports of code that was generated for the old
//! version and is compared with the new one.

mod compiler;
mod names;
mod pairs;
mod reports;
mod rules;
mod signatures;

use super::*;

impl Version {
    fn of_text(text: &str, name: &str) -> Self {
        let document = Document::read(text.as_bytes(), name).unwrap();
        Self { document, text: text.to_owned(), path: PathBuf::new() }
    }
}

/// The differences between two texts.
fn diff(old: &str, new: &str) -> Diff {
    let (old, new) = (Version::of_text(old, "old.yaml"), Version::of_text(new, "new.yaml"));
    let mut diff = generated(&old, &new).unwrap();
    diff.added = changes(&new, &old);
    diff.removed = changes(&old, &new);
    diff
}
