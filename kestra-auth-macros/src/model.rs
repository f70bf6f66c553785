//! The model of a trait, between reading and writing: enums for kinds, syn's nodes for spans.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::quote;
use syn::ext::IdentExt;
use syn::{Attribute, FnArg, Ident, ItemTrait, LitStr, TraitItem, TraitItemFn, Type};

use crate::diagnostics::Diagnostics;
use crate::parse::attributes::is_cfg;
use crate::parse::method_attributes::{self, Other};
use crate::parse::param_attribute::{self, FormStyle, QueryForm, Role, Shape};
use crate::parse::path_template::{self, Piece};
use crate::parse::request_line::Path;
use crate::parse::trait_args::ApiArgs;
use crate::parse::verb_attribute::{VERBS, Verb};
use crate::suggest;
use crate::validate::signatures;

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
    pub(crate) fn new(item: &'a ItemTrait, args: ApiArgs, diagnostics: &Diagnostics) -> Self {
        // A client of the trait's own name has been refused, and would be a second thing of this name.
        let client = args.client.clone().filter(|client| *client != item.ident);
        let client = client.unwrap_or_else(|| quote::format_ident!("{}Client", item.ident.unraw()));
        let items = item.items.iter().map(|item| Item::new(item, &args, diagnostics)).collect();
        Self { item, args, client, items }
    }

    pub(crate) fn endpoints(&self) -> impl Iterator<Item = &Endpoint<'a>> {
        self.items.iter().filter_map(|item| match item {
            Item::Endpoint(endpoint) => Some(&**endpoint),
            Item::Provided(_) | Item::Refused => None,
        })
    }
}

/// What the generated code needs of the runtime, by an absolute path.
pub(crate) fn private(api: &Api<'_>) -> TokenStream {
    let krate = krate(api);
    quote!(#krate::__private)
}

pub(crate) fn krate(api: &Api<'_>) -> TokenStream {
    api.args.krate.as_ref().map_or_else(|| quote!(::kestra_auth), |path| quote!(#path))
}

impl<'a> Item<'a> {
    fn new(item: &'a TraitItem, args: &ApiArgs, diagnostics: &Diagnostics) -> Self {
        match item {
            TraitItem::Fn(method) => Self::method(method, args, diagnostics),
            TraitItem::Const(item) => refused(diagnostics, &item.const_token, "an associated constant"),
            TraitItem::Type(item) => refused(diagnostics, &item.type_token, "an associated type"),
            TraitItem::Macro(item) => refused(diagnostics, &item.mac.path, "a macro call"),
            TraitItem::Verbatim(tokens) => {
                match tokens.clone().into_iter().find(|tree| matches!(tree, TokenTree::Ident(word) if word == "pub")) {
                    Some(word) => {
                        diagnostics.spanned(word, "a method is as public as its trait\nhelp: remove `pub`");
                        Self::Refused
                    }
                    None => refused(diagnostics, tokens, "this item"),
                }
            }
            other => refused(diagnostics, other, "this item"),
        }
    }

    fn method(item: &'a TraitItemFn, args: &ApiArgs, diagnostics: &Diagnostics) -> Self {
        let mut verbs: Vec<(&Attribute, Ident)> = Vec::new();
        let mut meant = Vec::new();
        let mut others_pass = true;
        for attribute in &item.attrs {
            match attribute.path().get_ident().filter(|word| VERBS.contains(&&*word.to_string())) {
                Some(word) => verbs.push((attribute, word.clone())),
                None => match method_attributes::check(attribute, diagnostics) {
                    Other::Passes => {}
                    Other::Refused => others_pass = false,
                    Other::Meant(verb) => meant.push((attribute, verb)),
                },
            }
        }
        if verbs.is_empty() {
            verbs.extend(meant.into_iter().next());
        }
        let Some((attribute, word)) = verbs.first() else {
            if item.default.is_some() {
                return Self::Provided(item);
            }
            if others_pass {
                no_verb(item, diagnostics);
            }
            return Self::Refused;
        };
        for (_, second) in verbs.iter().skip(1) {
            diagnostics.spanned(
                second,
                format!("a method has one verb, and this one has `#[{word}]` already\nhelp: remove one of the two"),
            );
        }
        let verb = Verb::parse(attribute, word.clone(), diagnostics);
        if let Some(body) = &item.default {
            let message = format!("`#[{word}]` makes the method's body\nhelp: write `;` here, or remove the verb");
            diagnostics.at(body.brace_token.span.open(), message);
        }
        Self::Endpoint(Box::new(Endpoint::new(item, verb, args, diagnostics)))
    }
}

/// Told at the attribute that was meant to be the verb, where one is there.
fn no_verb(item: &TraitItemFn, diagnostics: &Diagnostics) {
    let Some(unknown) = item.attrs.iter().find(|attribute| !method_attributes::is_other(attribute)) else {
        let message = format!(
            "`{}` has no verb\nhelp: write one above it, as in `#[get(\"/path\")]`, or give it a body of its own",
            item.sig.ident
        );
        diagnostics.spanned(&item.sig.ident, message);
        return;
    };
    let path = unknown.path();
    let word: String = quote!(#path).to_string().split_whitespace().collect();
    let method = path.segments.last().map(|last| last.ident.unraw().to_string().to_uppercase()).unwrap_or_default();
    let message = format!(
        "`#[{word}]` is no verb, and `{}` has no other\nhelp: write {}; for another method of HTTP, \
         `#[http({method}, \"/path\")]`",
        item.sig.ident,
        suggest::list(&["#[get]", "#[post]", "#[put]", "#[patch]", "#[delete]", "#[head]", "#[options]"])
    );
    diagnostics.spanned(path, message);
}

fn refused<'a>(diagnostics: &Diagnostics, tokens: &dyn quote::ToTokens, what: &str) -> Item<'a> {
    let message = format!("{what} is no endpoint\nhelp: move it out of the trait, which has methods alone");
    diagnostics.spanned(tokens, message);
    Item::Refused
}

impl<'a> Endpoint<'a> {
    fn new(item: &'a TraitItemFn, verb: Verb, args: &ApiArgs, diagnostics: &Diagnostics) -> Self {
        let output = signatures::check(item, diagnostics);
        let params = item.sig.inputs.iter().filter_map(|input| match input {
            FnArg::Receiver(_) => None,
            FnArg::Typed(typed) => {
                let name = signatures::plain_name(typed, diagnostics)?;
                Some(Param::new(&typed.attrs, name, &typed.ty, &verb, args, diagnostics))
            }
        });
        let params = params.collect();
        Self { item, verb, output, params }
    }
}

impl<'a> Param<'a> {
    fn new(
        attributes: &'a [Attribute],
        name: &'a Ident,
        ty: &'a Type,
        verb: &Verb,
        args: &ApiArgs,
        diagnostics: &Diagnostics,
    ) -> Self {
        let kind = match param_attribute::role(attributes, diagnostics) {
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
        let cfgs = attributes.iter().filter(|attribute| is_cfg(attribute)).collect();
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
                let name = if is_encoded { plain } else { path_template::encode_name(&plain) };
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

/// `/api/v1/flows/{id}`, for errors and metrics: names, never values.
pub(crate) fn template_text(api: &Api<'_>, endpoint: &Endpoint<'_>) -> String {
    let Some((_, template)) = endpoint.verb.template() else { return "{link}".to_owned() };
    let pieces = path_template::join(&api.args.base, template).into_iter().map(|(_, piece)| match piece {
        Piece::Literal(literal) => literal,
        Piece::Value(name) => format!("{{{name}}}"),
        Piece::Optional(name) => format!("/{{{name}?}}"),
        Piece::Rest { name, own_slash: true } => format!("/{{**{name}}}"),
        Piece::Rest { name, own_slash: false } => format!("{{**{name}}}"),
    });
    pieces.collect()
}

/// Whether a type means the same outside of its method: it names no generic parameter and no lifetime.
pub(crate) fn is_closed(api: &Api<'_>, endpoint: &Endpoint<'_>, ty: &Type) -> bool {
    let generics = api.item.generics.params.iter().chain(&endpoint.item.sig.generics.params);
    let names: Vec<String> = generics
        .filter_map(|param| match param {
            syn::GenericParam::Type(param) => Some(param.ident.unraw().to_string()),
            syn::GenericParam::Const(param) => Some(param.ident.unraw().to_string()),
            syn::GenericParam::Lifetime(_) => None,
        })
        .collect();
    closed_tokens(quote!(#ty), &names)
}

fn closed_tokens(tokens: TokenStream, names: &[String]) -> bool {
    tokens.into_iter().all(|tree| match tree {
        TokenTree::Ident(ident) => {
            let word = ident.to_string();
            word != "Self" && word != "impl" && !names.contains(&word)
        }
        // A lifetime, or a reference with one left out.
        TokenTree::Punct(punct) => !matches!(punct.as_char(), '\'' | '&'),
        TokenTree::Group(group) => closed_tokens(group.stream(), names),
        TokenTree::Literal(_) => true,
    })
}
