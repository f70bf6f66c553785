//! The semantic rules of a trait: what can be parsed and still cannot work. Each rule is a function.

mod bodies;
pub(crate) mod duplicates;
mod dyn_compatibility;
mod extractors;
mod features;
mod headers;
mod items;
mod names;
mod paths;
mod placeholders;
mod results;
mod signatures;
mod statuses;
mod traits;
mod values;
mod verbs;

use crate::diagnostics::Diagnostics;
use crate::model::Api;

pub(crate) fn check(api: &Api<'_>, diagnostics: &Diagnostics) {
    traits::keywords(api, diagnostics);
    traits::attributes(api, diagnostics);
    traits::async_trait(api, diagnostics);
    traits::base(api, diagnostics);
    items::only_methods(api, diagnostics);
    verbs::attributes(api, diagnostics);
    names::client_name(api, diagnostics);
    names::method_names(api, diagnostics);
    names::reserved_for_dyn(api, diagnostics);
    headers::constant_headers(&api.args.headers, diagnostics);
    headers::authorization_of_trait(api, diagnostics);
    for endpoint in api.endpoints() {
        signatures::check(endpoint, diagnostics);
        signatures::parameter_types(endpoint, diagnostics);
        results::result(endpoint, diagnostics);
        names::reserved_name(endpoint, diagnostics);
        names::argument_names(endpoint, diagnostics);
        names::wire_names(endpoint, diagnostics);
        verbs::http_method(endpoint, diagnostics);
        verbs::limits(endpoint, diagnostics);
        verbs::redirects(endpoint, diagnostics);
        paths::target(endpoint, diagnostics);
        paths::catch_alls(endpoint, diagnostics);
        paths::cfg_in_path(endpoint, diagnostics);
        placeholders::path_parameters(endpoint, diagnostics);
        placeholders::placeholders(endpoint, diagnostics);
        placeholders::unannotated(endpoint, diagnostics);
        statuses::statuses(endpoint, diagnostics);
        headers::headers(endpoint, diagnostics);
        headers::authorization(api, endpoint, diagnostics);
        headers::cookies(api, endpoint, diagnostics);
        headers::cookie_names(endpoint, diagnostics);
        duplicates::parameters(endpoint, diagnostics);
        bodies::one_body(endpoint, diagnostics);
        bodies::bodyless_verbs(endpoint, diagnostics);
        bodies::json_media_type(endpoint, diagnostics);
        values::tuples(endpoint, diagnostics);
        values::catch_alls(endpoint, diagnostics);
        features::features(endpoint, diagnostics);
    }
    duplicates::endpoints(api, diagnostics);
    dyn_compatibility::check(api, diagnostics);
}
