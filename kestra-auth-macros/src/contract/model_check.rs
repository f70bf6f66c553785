//! `#[derive(Contract)]`: a model against a schema, by the names that serde gives its fields.
//!
//! A request is compared with what the server wants, an answer with what it may send; where serde is told to
//! write or read a field by a function, or a type is another crate's, nothing is said of its kind.

mod serde_attributes;

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, Data, DataEnum, DeriveInput, Field, Fields, FieldsNamed, LitStr, Meta, Path, Type};

use super::document::At;
use super::{open, schema, type_shape, watch};
use crate::attr::arg;
use crate::errors::Errors;
use crate::words;
use serde_attributes::SerdeAttrs;

/// Which way a model goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Direction {
    Request,
    Answer,
}

/// `#[contract(openapi = "…", answer = "Name")]`
struct Args {
    document: LitStr,
    direction: Direction,
    schema: LitStr,
    krate: Option<Path>,
}

pub(crate) fn expand(item: TokenStream) -> TokenStream {
    let input = match syn::parse2::<DeriveInput>(item) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let errors = Errors::new();
    let checks = Args::parse(&input, &errors).map(|args| check(&input, &args, &errors)).unwrap_or_default();
    // The checks that a compiler makes outside stand even where others have failed.
    let mistakes = errors.finish();
    quote!(#mistakes #checks)
}

impl Args {
    fn parse(input: &DeriveInput, errors: &Errors) -> Option<Self> {
        const WORDS: [&str; 4] = ["openapi", "request", "answer", "crate"];
        const EXAMPLE: &str = "#[contract(openapi = \"openapi.yaml\", answer = \"User\")]";
        let attribute = input.attrs.iter().find(|attribute| attribute.path().is_ident("contract"));
        let Some(Meta::List(list)) = attribute.map(|attribute| &attribute.meta) else {
            errors
                .spanned(&input.ident, format!("`{}` does not say which schema it is: write `{EXAMPLE}`", input.ident));
            return None;
        };
        let (mut document, mut direction, mut krate) = (None, None, None);
        let mut seen = Vec::new();
        for arg in arg::split(list.tokens.clone(), errors) {
            let Some(word) = arg.word("#[contract]", &WORDS, &mut seen, errors) else { continue };
            let example = format!("{word} = \"…\"");
            match word.as_str() {
                "openapi" => document = arg.string(&example, errors),
                "crate" => krate = arg.parse("crate = path::to::kestra_auth", "a path", errors),
                way => {
                    let way = if way == "request" { Direction::Request } else { Direction::Answer };
                    direction = arg.string(&example, errors).map(|schema| (way, schema));
                }
            }
        }
        let complete = document.is_some()
            && direction.is_some()
            && !(seen.contains(&"request".into()) && seen.contains(&"answer".into()));
        if !complete {
            errors.spanned(&list.path, format!("`#[contract]` has a document and one schema: write `{EXAMPLE}`"));
            return None;
        }
        let (direction, schema) = direction?;
        Some(Self { document: document?, direction, schema, krate })
    }
}

fn check(input: &DeriveInput, args: &Args, errors: &Errors) -> TokenStream {
    let shown = args.document.value();
    let Some(document) = open(&args.document, errors) else { return TokenStream::new() };
    let Some(schema) = schema::named(document, &args.schema.value()) else {
        let known = schema::names(document);
        let hint = words::did_you_mean(&args.schema.value(), &known);
        let message =
            format!("the document has no schema `{}`{hint}\nnote: {shown}: components.schemas", args.schema.value());
        errors.spanned(&args.schema, message);
        return TokenStream::new();
    };
    let kind = kind(input, args);
    let model = Model { input, args, schema, serde: SerdeAttrs::of(&input.attrs, args.direction), errors };
    let checks = match &input.data {
        Data::Struct(data) => match &data.fields {
            // A newtype is what is inside of it.
            Fields::Named(fields) if !model.serde.transparent => model.fields(fields),
            _ => TokenStream::new(),
        },
        Data::Enum(data) => {
            model.variants(data);
            TokenStream::new()
        }
        Data::Union(_) => TokenStream::new(),
    };
    let watch = watch();
    quote!(#kind #checks #watch)
}

/// What a field of this type is, for models that have one.
fn kind(input: &DeriveInput, args: &Args) -> TokenStream {
    let serde = SerdeAttrs::of(&input.attrs, args.direction);
    let kind = match &input.data {
        Data::Struct(data) if matches!(data.fields, Fields::Named(_)) && !serde.transparent => "object",
        Data::Enum(data) if data.variants.iter().all(|variant| matches!(variant.fields, Fields::Unit)) => "string",
        _ => return TokenStream::new(),
    };
    let krate = krate(args);
    let name = &input.ident;
    let (impl_generics, ty_generics, where_clause) = input.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics #krate::__private::ContractModel for #name #ty_generics #where_clause {
            const KIND: &'static str = #kind;
        }
    }
}

fn krate(args: &Args) -> TokenStream {
    args.krate.as_ref().map_or_else(|| quote!(::kestra_auth), |krate| quote!(#krate))
}

struct Model<'m> {
    input: &'m DeriveInput,
    args: &'m Args,
    schema: At,
    serde: SerdeAttrs,
    errors: &'m Errors,
}

impl Model<'_> {
    /// `openapi.yaml: components.schemas.User`
    fn place(&self) -> String {
        format!("{}: components.schemas.{}", self.args.document.value(), self.args.schema.value())
    }

    fn fields(&self, fields: &FieldsNamed) -> TokenStream {
        let known = schema::fields(self.schema);
        let mut checks = TokenStream::new();
        let mut names = Vec::new();
        let mut unknown = Vec::new();
        let mut hides = false;
        for field in &fields.named {
            let serde = SerdeAttrs::of(&field.attrs, self.args.direction);
            hides |= serde.flatten;
            if serde.flatten || serde.skip {
                continue;
            }
            let name = self.name(field, &serde);
            let is_answer = self.args.direction == Direction::Answer;
            let found = known
                .find(&name)
                .or_else(|| serde.aliases.iter().filter(|_| is_answer).find_map(|alias| known.find(alias)));
            match found {
                Some(described) if described.described => checks.extend(self.field(field, &serde, &name, described)),
                _ if self.is_closed(&known) => unknown.push((field, name.clone())),
                _ => {}
            }
            names.push(name);
        }
        let is_missing = |field: &&schema::Field| {
            field.required && !schema::is_read_only(field.schema) && !names.iter().any(|name| name == field.name)
        };
        let looks = self.args.direction == Direction::Request && !hides;
        let mut missing = known.known.iter().filter(is_missing).filter(|_| looks);
        for (field, name) in unknown {
            // A required one that is not sent is what this one is called now, and no second finding.
            self.unknown(field, &name, &known, missing.next());
        }
        for missing in missing {
            let message =
                format!("the field `{}` is required and not sent\nnote: {}.required", missing.name, self.place());
            self.errors.spanned(&self.input.ident, message);
        }
        checks
    }

    /// Whether a field that the document does not have is a mistake. Others may be sent where the schema is open;
    /// an answer that describes its fields has no further ones that a model could count on.
    fn is_closed(&self, known: &schema::Fields) -> bool {
        !known.open || (self.args.direction == Direction::Answer && !known.known.is_empty())
    }

    /// The name on the wire.
    fn name(&self, field: &Field, serde: &SerdeAttrs) -> String {
        let own = field.ident.as_ref().map(|ident| ident.unraw().to_string()).unwrap_or_default();
        serde
            .rename
            .clone()
            .unwrap_or_else(|| self.serde.rename_all.map_or_else(|| own.clone(), |case| case.apply(&own)))
    }

    fn unknown(&self, field: &Field, name: &str, known: &schema::Fields, required: Option<&schema::Field>) {
        let names: Vec<&str> = known.known.iter().map(|field| field.name).collect();
        let hint = match required {
            Some(required) => format!("; it requires `{}`", required.name),
            None => words::did_you_mean(name, &names),
        };
        let message = format!("the schema has no field `{name}`{hint}\nnote: {}.properties", self.place());
        self.errors.spanned(&field.ident, message);
    }

    fn field(&self, field: &Field, serde: &SerdeAttrs, name: &str, described: &schema::Field) -> TokenStream {
        let place = format!("{}.properties.{name}", self.place());
        let may_be_absent = !described.required || schema::is_nullable(described.schema);
        let mut checks = TokenStream::new();
        match self.args.direction {
            Direction::Request if described.required && type_shape::is_option(&field.ty) => {
                let message = format!("the field `{name}` is required: send it always\nnote: {place}");
                self.errors.spanned(&field.ty, message);
            }
            Direction::Answer if may_be_absent && !(serde.default || self.serde.default || serde.by_function) => {
                let why = if described.required { "may be null" } else { "may be missing" };
                let message = format!(
                    "the field `{name}` {why}: make it an `Option`, or write `#[serde(default)]`\nnote: {place}"
                );
                checks.extend(self.outside(&field.ty, &quote!(check_optional), &quote!(IS_OPTION), &message, &[]));
            }
            _ => {}
        }
        let types = schema::types(described.schema);
        if !types.is_empty() && !serde.by_function {
            let allowed = self.allowed(&types);
            let message = format!("the field `{name}` is {} in the document\nnote: {place}.type", words::list(&types));
            checks.extend(self.outside(&field.ty, &quote!(check_kind), &quote!(KIND), &message, &allowed));
        }
        checks
    }

    /// The kinds of types that can hold, or be sent as, a value of one of the document's types.
    fn allowed(&self, types: &[&'static str]) -> Vec<&'static str> {
        let mut allowed = types.to_vec();
        match self.args.direction {
            // Every integer is a number.
            Direction::Answer if types.contains(&"integer") => allowed.push("number"),
            Direction::Request if types.contains(&"number") => allowed.push("integer"),
            _ => {}
        }
        allowed
    }

    /// A check by the compiler, which alone sees through an alias.
    fn outside(
        &self,
        ty: &Type,
        check: &TokenStream,
        constant: &TokenStream,
        message: &str,
        allowed: &[&str],
    ) -> TokenStream {
        if !self.input.generics.params.is_empty() {
            return TokenStream::new();
        }
        let krate = krate(self.args);
        let place = ty.span().resolved_at(Span::call_site());
        // The call begins with the path, and an error stands where the call begins.
        let path = crate::expand::respan(quote!(#krate::__private), place);
        let call =
            quote_spanned!(place=> #path::#check(#path::FieldProbe::<#ty>::#constant, &[#(#allowed),*], #message));
        quote! {
            const _: () = {
                #[allow(unused_imports)]
                use #krate::__private::AnyField as _;
                #call
            };
        }
    }

    /// An enumeration of strings.
    fn variants(&self, data: &DataEnum) {
        let values = schema::values(self.schema);
        let is_plain =
            data.variants.iter().all(|variant| matches!(variant.fields, Fields::Unit) || is_other(&variant.attrs));
        if values.is_empty() || !is_plain {
            return;
        }
        let mut ours = Vec::new();
        for variant in &data.variants {
            let serde = SerdeAttrs::of(&variant.attrs, self.args.direction);
            if serde.skip || serde.other {
                continue;
            }
            let own = variant.ident.unraw().to_string();
            let name = serde.rename.unwrap_or_else(|| {
                self.serde.rename_all.map_or_else(|| own.clone(), |case| case.apply_to_variant(&own))
            });
            if self.args.direction == Direction::Request && !values.contains(&&*name) {
                let hint = words::did_you_mean(&name, &values);
                let message = format!("the document has no value `{name}`{hint}\nnote: {}.enum", self.place());
                self.errors.spanned(&variant.ident, message);
            }
            ours.push(name);
            ours.extend(serde.aliases);
        }
        let has_other = data.variants.iter().any(|variant| is_other(&variant.attrs));
        if self.args.direction == Direction::Answer && !has_other {
            let missing: Vec<&str> =
                values.into_iter().filter(|value| !ours.iter().any(|name| name == value)).collect();
            if !missing.is_empty() {
                let message = format!(
                    "the document also has {}: add what is missing, or a variant with `#[serde(other)]`\nnote: {}.enum",
                    words::list(&missing).replace(" or ", " and "),
                    self.place()
                );
                self.errors.spanned(&self.input.ident, message);
            }
        }
    }
}

fn is_other(attributes: &[Attribute]) -> bool {
    SerdeAttrs::of(attributes, Direction::Answer).other
}
