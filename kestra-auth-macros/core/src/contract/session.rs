//! The process that expands macros. A compiler expands each item once and then ends. An editor's server expands them
//! again on every change, so that what an expansion contains must not depend on the ones before it.

use std::collections::HashSet;
use std::env;
use std::sync::{LazyLock, Mutex, PoisonError};

/// The programs that compile a crate and then end.
const COMPILERS: [&str; 4] = ["rustc", "clippy-driver", "rustdoc", "miri"];

static IS_COMPILER: LazyLock<bool> = LazyLock::new(|| {
    let program = env::current_exe().ok();
    let name = program.as_ref().and_then(|program| program.file_stem()?.to_str());
    name.is_some_and(|name| COMPILERS.contains(&name))
});

static SEEN: LazyLock<Mutex<HashSet<String>>> = LazyLock::new(Mutex::default);

/// Whether the process compiles one crate and then ends.
pub(super) fn is_compiler() -> bool {
    *IS_COMPILER
}

/// Whether an expansion is to contain what a compilation needs once: always, except where a compiler has it already.
pub(super) fn needs(key: String) -> bool {
    // A panic while the lock was held leaves the set as it was.
    !*IS_COMPILER || SEEN.lock().unwrap_or_else(PoisonError::into_inner).insert(key)
}

/// Whether cargo compiles the crate only because another one depends on it. Its contract is checked where it is
/// developed; whoever uses it may not even have its document.
pub(super) fn is_dependency() -> bool {
    is_dependency_in(*IS_COMPILER, |name| env::var_os(name).is_some())
}

/// Cargo sets `CARGO` for each crate, and `CARGO_PRIMARY_PACKAGE` for those it was asked to build
/// ([environment variables](https://doc.rust-lang.org/cargo/reference/environment-variables.html)). Other build
/// systems set neither.
fn is_dependency_in(is_compiler: bool, has: impl Fn(&str) -> bool) -> bool {
    is_compiler && has("CARGO") && !has("CARGO_PRIMARY_PACKAGE")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_packages_that_cargo_was_asked_to_build_are_compared() {
        let with = |names: &'static [&str]| move |name: &str| names.contains(&name);
        assert!(is_dependency_in(true, with(&["CARGO"])));
        assert!(!is_dependency_in(true, with(&["CARGO", "CARGO_PRIMARY_PACKAGE"])));
        assert!(!is_dependency_in(true, with(&[])));
        assert!(!is_dependency_in(false, with(&["CARGO"])));
    }

    #[test]
    fn an_expansion_outside_of_a_compiler_does_not_depend_on_others() {
        assert!(needs("key".to_owned()) && needs("key".to_owned()));
    }
}
