//! The model of a trait, between reading and writing: enums for kinds, syn's nodes for spans.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{
    Attribute, FnArg, Ident, ItemTrait, LitStr, Pat, Receiver, ReceiverKind, ReturnType, Safety, TraitItem,
    TraitItemFn, Type,
};

use crate::attr::param::{self, FormStyle, QueryForm, Role, Shape};
use crate::attr::verb::{self, Path, VERBS, Verb};
use crate::attr::{self, ApiArgs};
use crate::errors::Errors;
use crate::path;

pub(crate) struct Api<'a> {
    pub(crate) item: &'a ItemTrait,
    pub(crate) args: ApiArgs,
    pub(crate) client: Ident,
    pub(crate) items: Vec<Item<'a>>,
}

pub(crate) enum Item<'a> {
    Endpoint(Box<Endpoint<'a>>),
    /// A method with a body and no verb: it passes through.
    Provided(&'a TraitItemFn),
    /// Refused, which has been said.
    Refused,
}

pub(crate) struct Endpoint<'a> {
    pub(crate) item: &'a TraitItemFn,
    pub(crate) verb: Verb,
    /// `None` where it is missing, which has been said.
    pub(crate) output: Option<&'a Type>,
    pub(crate) params: Vec<Param<'a>>,
}

pub(crate) struct Param<'a> {
    pub(crate) cfgs: Vec<&'a Attribute>,
    pub(crate) name: &'a Ident,
    pub(crate) ty: &'a Type,
    pub(crate) kind: Kind,
}

pub(crate) enum Kind {
    Path {
        placeholder: String,
        at: Span,
        encoded: bool,
        shape: Shape,
    },
    /// `name` is encoded, but for an object's.
    Query {
        name: String,
        at: Span,
        form: QueryForm,
        shape: Shape,
    },
    Header {
        name: String,
        at: Span,
        sensitive: bool,
        shape: Shape,
    },
    Headers,
    Cookie {
        name: String,
        at: Span,
        shape: Shape,
    },
    Json {
        media: Option<LitStr>,
    },
    Form {
        style: Option<FormStyle>,
    },
    Field {
        name: String,
        at: Span,
        shape: Shape,
    },
    Multipart,
    Part {
        name: String,
        json: bool,
        file_name: Option<LitStr>,
        media: Option<LitStr>,
    },
    Body {
        media: LitStr,
    },
    Options,
    Url,
    /// No attribute, and no placeholder of its name.
    Unannotated,
    Broken,
}

impl<'a> Api<'a> {
    pub(crate) fn new(item: &'a ItemTrait, args: ApiArgs, errors: &Errors) -> Self {
        let client = args.client.clone().unwrap_or_else(|| quote::format_ident!("{}Client", item.ident.unraw()));
        let items = item.items.iter().map(|item| Item::new(item, &args, errors)).collect();
        Self { item, args, client, items }
    }

    pub(crate) fn endpoints(&self) -> impl Iterator<Item = &Endpoint<'a>> {
        self.items.iter().filter_map(|item| match item {
            Item::Endpoint(endpoint) => Some(&**endpoint),
            Item::Provided(_) | Item::Refused => None,
        })
    }
}

impl<'a> Item<'a> {
    fn new(item: &'a TraitItem, args: &ApiArgs, errors: &Errors) -> Self {
        match item {
            TraitItem::Fn(method) => Self::method(method, args, errors),
            TraitItem::Const(item) => refused(errors, &item.const_token, "an associated constant"),
            TraitItem::Type(item) => refused(errors, &item.type_token, "an associated type"),
            TraitItem::Macro(item) => refused(errors, &item.mac.path, "a macro call"),
            other => refused(errors, other, "this item"),
        }
    }

    fn method(item: &'a TraitItemFn, args: &ApiArgs, errors: &Errors) -> Self {
        let mut verbs = Vec::new();
        let mut others_pass = true;
        for attribute in &item.attrs {
            match attribute.path().get_ident().filter(|word| VERBS.contains(&&*word.to_string())) {
                Some(word) => verbs.push((attribute, word)),
                None => others_pass &= verb::check_other(attribute, errors),
            }
        }
        let Some((attribute, word)) = verbs.first() else {
            if item.default.is_some() {
                return Self::Provided(item);
            }
            if others_pass {
                let message = format!(
                    "`{}` has no verb: write one above it, as in `#[get(\"/path\")]`, or give it a body",
                    item.sig.ident
                );
                errors.spanned(&item.sig.ident, message);
            }
            return Self::Refused;
        };
        for (_, second) in verbs.iter().skip(1) {
            errors.spanned(second, format!("a method has one verb, and this one has `#[{word}]` already: remove one"));
        }
        let verb = Verb::parse(attribute, (*word).clone(), errors);
        if let Some(body) = &item.default {
            let message = format!("`#[{word}]` makes the method's body: write `;` here, or remove the verb");
            errors.at(body.brace_token.span.open(), message);
        }
        Self::Endpoint(Box::new(Endpoint::new(item, verb, args, errors)))
    }
}

fn refused<'a>(errors: &Errors, tokens: &dyn quote::ToTokens, what: &str) -> Item<'a> {
    let message = format!("{what} is no endpoint: an `#[api]` trait has methods alone; move it out of the trait");
    errors.spanned(tokens, message);
    Item::Refused
}

impl<'a> Endpoint<'a> {
    fn new(item: &'a TraitItemFn, verb: Verb, args: &ApiArgs, errors: &Errors) -> Self {
        let sig = &item.sig;
        if sig.asyncness.is_none() {
            errors.spanned(sig.fn_token, format!("an endpoint is async: write `async fn {}`", sig.ident));
        }
        for (word, present) in [
            (sig.safety.span(), !matches!(sig.safety, Safety::Default)),
            (sig.constness.span(), sig.constness.is_some()),
        ] {
            if present {
                errors.at(word, format!("an endpoint is written `async fn {}`: remove this word", sig.ident));
            }
        }
        check_receiver(item, errors);
        let output = match &sig.output {
            ReturnType::Type(_, ty) => Some(&**ty),
            ReturnType::Default => {
                let message =
                    format!("`{}` has no result: write `-> Result<(), Error>`, or the type of its answer", sig.ident);
                errors.spanned(&sig.ident, message);
                None
            }
        };
        let params = sig.inputs.iter().filter_map(|input| match input {
            FnArg::Receiver(_) => None,
            FnArg::Typed(typed) => {
                let Pat::Ident(pattern) = &*typed.pat else {
                    let message = "a parameter of an endpoint has a plain name: write `name: T`";
                    errors.spanned(&typed.pat, message);
                    return None;
                };
                if let Some(subpattern) = &pattern.subpat {
                    errors.at(
                        subpattern.0.span,
                        "a parameter of an endpoint has a plain name: remove the pattern behind `@`",
                    );
                } else if let Some(token) = &pattern.by_ref {
                    errors.spanned(token, "a parameter of an endpoint has a plain name: remove `ref`");
                } else if let Some(token) = &pattern.mutability {
                    errors.spanned(token, "a parameter of an endpoint is only sent: remove `mut`");
                }
                Some(Param::new(&typed.attrs, &pattern.ident, &typed.ty, &verb, args, errors))
            }
        });
        let params = params.collect();
        Self { item, verb, output, params }
    }
}

/// Exactly `&self`: a client is shared, and a fake should not have to be mutable.
fn check_receiver(item: &TraitItemFn, errors: &Errors) {
    let Some(receiver) = item.sig.receiver() else {
        let message = format!("`{}` has no receiver: write `&self` as its first parameter", item.sig.ident);
        errors.spanned(&item.sig.ident, message);
        return;
    };
    if let Some(attribute) = receiver.attrs.first() {
        errors.spanned(attribute.path(), "`self` is not sent: an attribute stands on the parameter it describes");
    }
    if !is_shared_self(receiver) {
        errors.spanned(WithoutAttributes(receiver), "an endpoint borrows its client: write `&self`");
    }
}

fn is_shared_self(receiver: &Receiver) -> bool {
    match &receiver.kind {
        ReceiverKind::Reference(_, _, mutability) => mutability.is_none(),
        ReceiverKind::Typed(_, ty) => {
            matches!(&**ty, Type::Reference(reference)
                if reference.mutability.is_none()
                    && matches!(&*reference.elem, Type::Path(path) if path.path.is_ident("Self")))
        }
        _ => false,
    }
}

struct WithoutAttributes<'a>(&'a Receiver);

impl quote::ToTokens for WithoutAttributes<'_> {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        let mut receiver = self.0.clone();
        receiver.attrs.clear();
        receiver.to_tokens(tokens);
    }
}

impl<'a> Param<'a> {
    fn new(
        attributes: &'a [Attribute],
        name: &'a Ident,
        ty: &'a Type,
        verb: &Verb,
        args: &ApiArgs,
        errors: &Errors,
    ) -> Self {
        let kind = match param::role(attributes, errors) {
            Some(role) => Kind::new(role, name, args),
            None => match &verb.path {
                Path::Given(_, template) if template.placeholders().contains(&&*name.unraw().to_string()) => {
                    Kind::Path {
                        placeholder: name.unraw().to_string(),
                        at: name.span(),
                        encoded: false,
                        shape: Shape::Serialize,
                    }
                }
                Path::Given(..) => Kind::Unannotated,
                // Whatever the argument was meant to be, the path has to be mended first.
                Path::Missing | Path::Broken => Kind::Broken,
            },
        };
        let cfgs = attributes.iter().filter(|attribute| attr::is_cfg(attribute)).collect();
        Self { cfgs, name, ty, kind }
    }
}

impl Kind {
    fn new(role: Role, name: &Ident, args: &ApiArgs) -> Self {
        let own = name.unraw().to_string();
        let renamed = || args.rename_all.map_or_else(|| own.clone(), |case| case.apply(&own));
        let given = |text: &Option<LitStr>| text.as_ref().map_or_else(renamed, LitStr::value);
        let place = |text: &Option<LitStr>| text.as_ref().map_or(name.span(), LitStr::span);
        match role {
            Role::Path { placeholder, encoded, shape } => Self::Path {
                at: place(&placeholder),
                placeholder: placeholder.as_ref().map_or(own, LitStr::value),
                encoded,
                shape,
            },
            Role::Query { name, form, shape } => {
                let (at, plain) = (place(&name), given(&name));
                let is_encoded = matches!(form, QueryForm::Encoded | QueryForm::DeepObject);
                let name = if is_encoded { plain } else { path::encode_name(&plain) };
                Self::Query { name, at, form, shape }
            }
            Role::Header { name, wire, sensitive, shape } => {
                Self::Header { name: wire, at: name.span(), sensitive, shape }
            }
            Role::Cookie { name, shape } => {
                Self::Cookie { at: place(&name), name: name.as_ref().map_or(own, LitStr::value), shape }
            }
            Role::Field { name, shape } => Self::Field { at: place(&name), name: given(&name), shape },
            Role::Part { name, json, file_name, media } => Self::Part { name: given(&name), json, file_name, media },
            Role::Json { media } => Self::Json { media },
            Role::Form { style } => Self::Form { style },
            Role::Body { media } => Self::Body { media },
            Role::Headers => Self::Headers,
            Role::Multipart => Self::Multipart,
            Role::Options => Self::Options,
            Role::Url => Self::Url,
            Role::Broken => Self::Broken,
        }
    }

    /// The word of a body; parameters of a word that may stand several times make one body together.
    pub(crate) fn body_word(&self) -> Option<&'static str> {
        match self {
            Self::Json { .. } => Some("json"),
            Self::Form { .. } => Some("form"),
            Self::Field { .. } => Some("field"),
            Self::Multipart => Some("multipart"),
            Self::Part { .. } => Some("part"),
            Self::Body { .. } => Some("body"),
            Self::Path { .. }
            | Self::Query { .. }
            | Self::Header { .. }
            | Self::Headers
            | Self::Cookie { .. }
            | Self::Options
            | Self::Url
            | Self::Unannotated
            | Self::Broken => None,
        }
    }
}
