//! The model of a trait: what the user wrote, with names resolved. It borrows the nodes of syn, for their spans.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{format_ident, quote};
use syn::ext::IdentExt;
use syn::{
    Attribute, FnArg, GenericParam, Ident, ItemTrait, LitStr, Pat, PatType, ReturnType, TraitItem, TraitItemFn, Type,
};

use crate::diagnostics::Diagnostics;
use crate::parse::attributes::is_cfg;
use crate::parse::method_attributes::MethodAttribute;
use crate::parse::param_attribute::ParamAttribute;
use crate::parse::param_kind::{ParamKind, QueryStyle, ValueEncoder};
use crate::parse::path_template::encode::encode_name;
use crate::parse::path_template::{Piece, join};
use crate::parse::request_line::VerbPath;
use crate::parse::trait_args::{ApiArgs, Base};
use crate::parse::type_tokens::has_token;
use crate::parse::verb_attribute::Verb;
use crate::private_module::private_module;

/// A trait with its arguments.
pub(crate) struct Api<'a> {
    pub(crate) item: &'a ItemTrait,
    pub(crate) args: ApiArgs,
    /// The name of the trait, without `r#`.
    pub(crate) name: String,
    pub(crate) client: Ident,
    /// The name by which the code of the endpoints refers to the module of the runtime that it uses.
    pub(crate) runtime: Ident,
    /// The method of the trait with which a client starts a request. A supertrait has one of another name.
    pub(crate) new_request: Ident,
    /// The pieces of the base, without a trailing slash. Each placeholder is a valid identifier.
    pub(crate) base: Vec<Piece>,
    pub(crate) items: Vec<Item<'a>>,
}

/// An item of the trait.
pub(crate) enum Item<'a> {
    Endpoint(Box<Endpoint<'a>>),
    /// A method with a body and without a verb. It is emitted as it is.
    Provided(&'a TraitItemFn),
    /// A method with neither.
    WithoutVerb(&'a TraitItemFn),
    /// Not a method.
    Other(&'a TraitItem),
}

/// A method with a verb.
pub(crate) struct Endpoint<'a> {
    pub(crate) item: &'a TraitItemFn,
    pub(crate) verb: Verb,
    pub(crate) output: Option<&'a Type>,
    pub(crate) params: Vec<Param<'a>>,
    /// The parameters that are patterns, which is an error.
    pub(crate) patterns: Vec<&'a PatType>,
}

/// A parameter of an endpoint.
pub(crate) struct Param<'a> {
    pub(crate) cfgs: Vec<&'a Attribute>,
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
    /// The name that the attribute gives.
    pub(crate) given_name: Option<LitStr>,
    /// The name on the wire, or that of the placeholder. Percent-encoded for a query, except for that of an object.
    pub(crate) name: String,
    pub(crate) kind: ParamKind,
}

impl<'a> Api<'a> {
    pub(crate) fn new(item: &'a ItemTrait, args: ApiArgs, diagnostics: &Diagnostics) -> Self {
        // A client with the trait's own name is rejected, and would be a second item with that name.
        let client = args.client.clone().filter(|client| *client != item.ident);
        let name = item.ident.unraw().to_string();
        let client = client.unwrap_or_else(|| format_ident!("{name}Client", span = item.ident.span()));
        let runtime = format_ident!("__{name}", span = Span::call_site());
        let new_request = format_ident!("__{name}_request", span = Span::call_site());
        let items = item.items.iter().map(|item| Item::new(item, &args, diagnostics)).collect();
        let base = args.base.as_ref().map(base_pieces).unwrap_or_default();
        Self { item, args, name, client, runtime, new_request, base, items }
    }

    pub(crate) fn endpoints(&self) -> impl Iterator<Item = &Endpoint<'a>> {
        self.items.iter().filter_map(|item| match item {
            Item::Endpoint(endpoint) => Some(&**endpoint),
            Item::Provided(_) | Item::WithoutVerb(_) | Item::Other(_) => None,
        })
    }
}

impl Api<'_> {
    /// Returns the path by which generated code refers to the runtime crate.
    pub(crate) fn krate(&self) -> TokenStream {
        match (self.crate_alias(), &self.args.krate) {
            (Some(alias), _) => quote!(#alias),
            (None, Some(path)) => quote!(#path),
            (None, None) => quote!(::kestra_auth),
        }
    }

    /// Returns the name under which the path of `crate = …` is imported, so that a path that does not exist is one
    /// error, and not one at each use. `self` and `super` cannot be imported.
    pub(crate) fn crate_alias(&self) -> Option<Ident> {
        let path = self.args.krate.as_ref()?;
        let is_importable = !path.is_ident("self") && !path.is_ident("super");
        is_importable.then(|| format_ident!("__{}_crate", self.name, span = Span::call_site()))
    }

    /// Returns whether the base has placeholders, whose values the client has.
    pub(crate) fn has_base_arguments(&self) -> bool {
        self.base.iter().any(|piece| piece.placeholder().is_some())
    }

    /// Returns whether the default bodies of endpoints build requests.
    pub(crate) fn has_default_requests(&self) -> bool {
        self.args.no_defaults.is_none() && self.endpoints().next().is_some()
    }

    /// Returns the absolute path of the module that generated code uses.
    pub(crate) fn private(&self) -> TokenStream {
        private_module(&self.krate())
    }

    /// Returns the whole template of an endpoint, as in `/api/v1/flows/{id}`, for errors and metrics.
    pub(crate) fn template_text(&self, endpoint: &Endpoint<'_>) -> String {
        let Some((_, template)) = endpoint.verb.template() else { return "{link}".to_owned() };
        let pieces = join(&self.base, template).into_iter().map(|(_, piece)| match piece {
            Piece::Literal(literal) => literal,
            Piece::Value(name) => format!("{{{name}}}"),
            Piece::Optional(name) => format!("/{{{name}?}}"),
            Piece::Rest { name, own_slash: true } => format!("/{{**{name}}}"),
            Piece::Rest { name, own_slash: false } => format!("{{**{name}}}"),
        });
        pieces.collect()
    }

    /// Returns the result type of an endpoint if it means the same outside of the method, because it names no generic
    /// parameter and no lifetime.
    pub(crate) fn concrete_output<'e>(&self, endpoint: &'e Endpoint<'_>) -> Option<&'e Type> {
        let is_lifetime =
            |tree: &TokenTree| matches!(tree, TokenTree::Punct(punct) if matches!(punct.as_char(), '\'' | '&'));
        endpoint.output.filter(|output| self.is_concrete(endpoint, output) && !has_token(output, &is_lifetime))
    }

    /// Returns whether a type names no generic parameter. It may have lifetimes.
    pub(crate) fn is_concrete(&self, endpoint: &Endpoint<'_>, ty: &Type) -> bool {
        let generics = self.item.generics.params.iter().chain(&endpoint.item.sig.generics.params);
        let names: Vec<String> = generics
            .filter_map(|param| match param {
                GenericParam::Type(param) => Some(param.ident.unraw().to_string()),
                GenericParam::Const(param) => Some(param.ident.unraw().to_string()),
                GenericParam::Lifetime(_) => None,
            })
            .collect();
        let is_generic = |tree: &TokenTree| match tree {
            TokenTree::Ident(ident) => {
                let word = ident.to_string();
                word == "Self" || word == "impl" || names.contains(&word)
            }
            _ => false,
        };
        !has_token(ty, &is_generic)
    }
}

/// Returns the pieces of a base, without a trailing slash.
///
/// The placeholders become arguments of `new`. Those of a base that is rejected are as they will be once corrected, so
/// that code that calls `new` causes no second error.
fn base_pieces(base: &Base) -> Vec<Piece> {
    let pieces = base.template.pieces.iter().filter_map(|piece| match piece.placeholder() {
        None => Some(piece.clone()),
        Some(name) if is_identifier(name) => Some(Piece::Value(name.to_owned())),
        Some(name) => Some(argument_name(name)).filter(|name| is_identifier(name)).map(Piece::Value),
    });
    let mut pieces: Vec<Piece> = pieces.collect();
    if let Some(Piece::Literal(last)) = pieces.last_mut() {
        last.truncate(last.trim_end_matches('/').len());
    }
    pieces
}

/// Returns the name that an argument for a placeholder of the base can have.
pub(crate) fn argument_name(placeholder: &str) -> String {
    placeholder.replace(['-', '.'], "_")
}

/// Returns whether a placeholder can be the name of an argument.
pub(crate) fn is_identifier(name: &str) -> bool {
    syn::parse_str::<Ident>(name).is_ok()
}

impl<'a> Item<'a> {
    fn new(item: &'a TraitItem, args: &ApiArgs, diagnostics: &Diagnostics) -> Self {
        let TraitItem::Fn(method) = item else { return Self::Other(item) };
        match verb(method) {
            Some((attribute, word)) => {
                let verb = Verb::parse(attribute, word, diagnostics);
                Self::Endpoint(Box::new(Endpoint::new(method, verb, args, diagnostics)))
            }
            None if method.default.is_some() => Self::Provided(method),
            None => {
                // What the parameters are is not known without the verb, but their attributes can be checked.
                for input in &method.sig.inputs {
                    if let FnArg::Typed(typed) = input {
                        ParamAttribute::parse_all(&typed.attrs, diagnostics);
                    }
                }
                Self::WithoutVerb(method)
            }
        }
    }
}

/// Finds a method's verb, or else the attribute that was meant to be one: the rest of it can be checked then.
fn verb(method: &TraitItemFn) -> Option<(&Attribute, Ident)> {
    let mut meant = None;
    for attribute in &method.attrs {
        match MethodAttribute::classify(attribute) {
            MethodAttribute::Verb(word) => return Some((attribute, word)),
            MethodAttribute::MisspelledVerb(word) | MethodAttribute::QualifiedVerb(word) => {
                meant.get_or_insert((attribute, word));
            }
            MethodAttribute::VerbInCfgAttr(_)
            | MethodAttribute::Param(_)
            | MethodAttribute::Argument(_)
            | MethodAttribute::OfTrait(_)
            | MethodAttribute::Compiler
            | MethodAttribute::Unknown => {}
        }
    }
    meant
}

impl<'a> Endpoint<'a> {
    fn new(item: &'a TraitItemFn, verb: Verb, args: &ApiArgs, diagnostics: &Diagnostics) -> Self {
        let output = match &item.sig.output {
            ReturnType::Default => None,
            ReturnType::Type(_, ty) => Some(&**ty),
        };
        let (mut params, mut patterns) = (Vec::new(), Vec::new());
        for input in &item.sig.inputs {
            let FnArg::Typed(typed) = input else { continue };
            let attribute = ParamAttribute::parse_all(&typed.attrs, diagnostics);
            match &*typed.pat {
                Pat::Ident(pattern) => params.push(Param::new(typed, &pattern.ident, attribute, &verb, args)),
                _ => patterns.push(typed),
            }
        }
        Self { item, verb, output, params, patterns }
    }
}

impl<'a> Param<'a> {
    fn new(typed: &'a PatType, ident: &'a Ident, attribute: ParamAttribute, verb: &Verb, args: &ApiArgs) -> Self {
        let ParamAttribute { name: given_name, kind } = attribute;
        let own = ident.unraw().to_string();
        let kind = match (kind, &verb.path) {
            (ParamKind::Unannotated, VerbPath::Given(_, template)) if template.placeholders().contains(&&*own) => {
                ParamKind::Path { encoded: false, encoder: ValueEncoder::Serialize }
            }
            // What the parameter is meant for depends on how the path will be corrected.
            (ParamKind::Unannotated, VerbPath::Missing | VerbPath::Invalid(None)) => ParamKind::Invalid,
            (ParamKind::Unannotated, VerbPath::Invalid(Some(template))) if template.mentions(&own) => {
                ParamKind::Invalid
            }
            (kind, _) => kind,
        };
        let name = resolved_name(ident, given_name.as_ref(), &kind, args);
        let cfgs = typed.attrs.iter().filter(|attribute| is_cfg(attribute)).collect();
        Self { cfgs, ident, ty: &typed.ty, given_name, name, kind }
    }

    /// The span of the name: where the attribute gives it, or that of the argument.
    pub(crate) fn name_span(&self) -> Span {
        self.given_name.as_ref().map_or(self.ident.span(), LitStr::span)
    }
}

/// Resolves the name of a parameter. `rename_all` is for the names that the query and the body are made of.
fn resolved_name(ident: &Ident, given: Option<&LitStr>, kind: &ParamKind, args: &ApiArgs) -> String {
    let own = ident.unraw().to_string();
    let renamed = || args.rename_all.map_or_else(|| own.clone(), |case| case.apply(&own));
    match kind {
        // The fields have their own names. That of the argument is for errors.
        ParamKind::Query { style: QueryStyle::Flattened | QueryStyle::FlattenedEncoded, .. } => own,
        ParamKind::Query { style: QueryStyle::Encoded | QueryStyle::DeepObject, .. }
        | ParamKind::Field { .. }
        | ParamKind::Part { .. } => given.map_or_else(renamed, LitStr::value),
        ParamKind::Query { .. } => encode_name(&given.map_or_else(renamed, LitStr::value)),
        ParamKind::Header { .. } => given.map_or(own, LitStr::value).to_ascii_lowercase(),
        _ => given.map_or(own, LitStr::value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(text: &str) -> Vec<Piece> {
        let diagnostics = Diagnostics::new();
        let args = ApiArgs::parse(quote!(base = #text), &diagnostics);
        diagnostics.finish();
        base_pieces(&args.base.unwrap())
    }

    #[test]
    fn base_has_no_trailing_slash() {
        let literal = |text: &str| Piece::Literal(text.to_owned());
        for (text, pieces) in [
            ("/", vec![literal("")]),
            ("/api", vec![literal("/api")]),
            ("/api/v1/", vec![literal("/api/v1")]),
            ("/caf\u{e9}", vec![literal("/caf%C3%A9")]),
            ("/api/{tenant}", vec![literal("/api/"), Piece::Value("tenant".to_owned())]),
        ] {
            assert_eq!(base(text), pieces, "{text}");
        }
    }

    #[test]
    fn rejected_base_keeps_its_arguments() {
        for (text, names) in [
            ("api/{tenant}", &["tenant"][..]),
            ("/{a-b}/{c.d?}", &["a_b", "c_d"]),
            ("/{type}/{ok}", &["ok"]),
            ("/{type}", &[]),
        ] {
            let pieces = base(text);
            assert_eq!(pieces.iter().filter_map(Piece::placeholder).collect::<Vec<_>>(), names, "{text}");
        }
    }
}
