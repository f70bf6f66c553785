//! What `dyn` can hold.

use syn::{GenericParam, Type};

use crate::diagnostics::Diagnostics;
use crate::model::{Api, Item};

/// What `dyn` cannot hold.
pub(super) fn check(api: &Api<'_>, diagnostics: &Diagnostics) {
    let Some(word) = &api.args.dynamic else { return };
    if let Some(param) = api.item.generics.params.first() {
        diagnostics
            .report(param, format!("`{word}` cannot hold a generic trait\nhelp: remove the parameter, or `{word}`"));
    }
    for item in &api.items {
        match item {
            Item::Endpoint(endpoint) => {
                let generic =
                    endpoint.item.sig.generics.params.iter().find(|p| !matches!(p, GenericParam::Lifetime(_)));
                if let Some(param) = generic {
                    diagnostics.report(
                        param,
                        format!("`{word}` cannot hold a generic method\nhelp: write a type in place of the parameter, or remove `{word}`"),
                    );
                }
                for cfg in endpoint.params.iter().filter_map(|param| param.cfgs.first()) {
                    let message = format!(
                        "`{word}` cannot hold a parameter under `cfg`\nhelp: write two methods under `cfg`, or remove `{word}`"
                    );
                    diagnostics.report(cfg.path(), message);
                }
                for param in endpoint.params.iter().filter(|param| matches!(param.ty, Type::ImplTrait(_))) {
                    diagnostics.report(
                        param.ty,
                        format!("`{word}` cannot hold an `impl` argument\nhelp: write a type in its place, or remove `{word}`"),
                    );
                }
            }
            Item::Provided(_) | Item::WithoutVerb(_) | Item::Other(_) => {}
        }
    }
}
