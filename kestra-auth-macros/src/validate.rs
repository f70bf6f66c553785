//! The semantic rules of a trait. Each rule is a function; its ui case bears its name.

mod bodies;
mod duplicates;
mod dyn_compatibility;
mod names;
mod paths;
pub(crate) mod signatures;
mod traits;

use crate::diagnostics::Diagnostics;
use crate::model::Api;

pub(crate) fn check(api: &Api<'_>, diagnostics: &Diagnostics) {
    names::client_name(api, diagnostics);
    traits::trait_words(api, diagnostics);
    traits::trait_attributes(api, diagnostics);
    names::names_twice(api, diagnostics);
    for endpoint in api.endpoints() {
        names::reserved_name(endpoint, diagnostics);
        paths::placeholders(endpoint, diagnostics);
        paths::parameters(endpoint, diagnostics);
        duplicates::argument_twice(endpoint, diagnostics);
        duplicates::bound_twice(endpoint, diagnostics);
        paths::target(endpoint, diagnostics);
        paths::cfg_in_path(endpoint, diagnostics);
        bodies::bodies(endpoint, diagnostics);
    }
    duplicates::declared_twice(api, diagnostics);
    dyn_compatibility::dynamic(api, diagnostics);
}
