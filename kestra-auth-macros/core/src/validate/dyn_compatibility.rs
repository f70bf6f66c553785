//! The rules of `#[api(dyn)]`.

use syn::{GenericParam, Type};

use crate::diagnostics::Diagnostics;
use crate::model::{Api, Item};

/// The trait and its endpoints are not generic, and have the same parameters under every `cfg`.
pub(super) fn check(api: &Api<'_>, diagnostics: &Diagnostics) {
    let Some(word) = &api.args.dynamic else { return };
    if let Some(param) = api.item.generics.params.first() {
        diagnostics.report(
            param,
            format!("`{word}` cannot be used with a generic trait\nhelp: remove the parameter, or `{word}`"),
        );
    }
    for item in &api.items {
        match item {
            Item::Endpoint(endpoint) => {
                let generic =
                    endpoint.item.sig.generics.params.iter().find(|p| !matches!(p, GenericParam::Lifetime(_)));
                if let Some(param) = generic {
                    diagnostics.report(
                        param,
                        format!("`{word}` cannot be used with a generic method\nhelp: write a type instead of the parameter, or remove `{word}`"),
                    );
                }
                for cfg in endpoint.params.iter().filter_map(|param| param.cfgs.first()) {
                    let message = format!(
                        "`{word}` cannot be used with a parameter under `cfg`\nhelp: write two methods under `cfg`, or remove `{word}`"
                    );
                    diagnostics.report(cfg.path(), message);
                }
                for param in endpoint.params.iter().filter(|param| matches!(param.ty, Type::ImplTrait(_))) {
                    diagnostics.report(
                        param.ty,
                        format!("`{word}` cannot be used with an `impl` argument\nhelp: write a type instead, or remove `{word}`"),
                    );
                }
            }
            Item::Provided(_) | Item::WithoutVerb(_) | Item::Other(_) => {}
        }
    }
}
