//! One endpoint against one operation. Every finding has a kind, stands at the token at fault, and says what the
//! document says and where.

use quote::ToTokens;

use super::document::{Document, percent_decode};
use super::operations::{Operation, Parameter, allows, essence};
use super::paths;
use super::type_shape::{Spelled, is_option, spelled};
use crate::ast::{Api, Endpoint, Kind, Param};
use crate::attr::contract::Contract;
use crate::attr::param::QueryForm;
use crate::errors::Errors;
use crate::expand::template_text;
use crate::words;

pub(super) struct Findings<'e> {
    errors: &'e Errors,
}

impl<'e> Findings<'e> {
    pub(super) fn new(errors: &'e Errors) -> Self {
        Self { errors }
    }

    /// Notes a finding, unless the method expects it.
    fn note(&self, endpoint: &Endpoint<'_>, kind: &str, tokens: impl ToTokens, message: &str) {
        if !expected(endpoint, kind) {
            self.errors.spanned(
                tokens,
                format!("{message}\nhelp: `expect({kind})` in the verb's attribute says that it is meant"),
            );
        }
    }

    /// An expectation that nothing met is a mistake, too: it would hide the next finding.
    pub(super) fn unused(&self, endpoint: &Endpoint<'_>) {
        for expect in endpoint.verb.args.expects.iter().filter(|expect| !expect.used.get()) {
            let kind = &expect.kind;
            self.errors.spanned(kind, format!("`expect({kind})` has nothing to silence here: remove it"));
        }
    }
}

pub(super) fn expected(endpoint: &Endpoint<'_>, kind: &str) -> bool {
    let expect = endpoint.verb.args.expects.iter().find(|expect| expect.kind == kind);
    expect.inspect(|expect| expect.used.set(true)).is_some()
}

/// The operation of an endpoint, after all that only the document can tell.
pub(super) fn endpoint(
    api: &Api<'_>,
    endpoint: &Endpoint<'_>,
    contract: &Contract,
    document: &'static Document,
    findings: &Findings<'_>,
) -> Option<Operation> {
    let operation = operation(api, endpoint, document, findings)?;
    let check = Check { api, endpoint, contract, parameters: operation.parameters(), operation: &operation, findings };
    check.parameters();
    check.required();
    check.body();
    check.accept();
    let anonymous = endpoint.verb.args.anonymous.as_ref().or(api.args.anonymous.as_ref());
    if let Some(word) = anonymous.filter(|_| operation.needs_credential() && !sends_key(endpoint, &operation)) {
        check.note(
            "credential",
            word,
            &format!("the operation needs a credential\nnote: {}.security", operation.place()),
        );
    }
    Some(operation)
}

fn operation(
    api: &Api<'_>,
    endpoint: &Endpoint<'_>,
    document: &'static Document,
    findings: &Findings<'_>,
) -> Option<Operation> {
    let (text, _) = endpoint.verb.template()?;
    let mut places = Vec::new();
    for variant in paths::variants(&template_text(api, endpoint)) {
        let found = document.places.find(&variant);
        if found.is_empty() {
            let hint =
                document.places.near(&variant).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            let message = format!("the document has no path `{variant}`{hint}\nnote: {}: paths", document.shown);
            findings.note(endpoint, "path", text, &message);
            return None;
        }
        if places.is_empty() {
            places = found;
        }
    }
    let path = &places.first()?.path;
    let mut operations: Vec<Operation> = places.into_iter().flat_map(|place| Operation::all(document, place)).collect();
    let verb = endpoint.verb.method.to_ascii_lowercase();
    let Some(index) = operations.iter().position(|operation| operation.verb == verb) else {
        let verbs: Vec<String> = operations.iter().map(|operation| operation.verb.to_uppercase()).collect();
        let verbs = words::list(&verbs.iter().map(String::as_str).collect::<Vec<_>>());
        let message =
            format!("`{path}` has no {}: it has {verbs}\nnote: {}: paths.{path}", endpoint.verb.method, document.shown);
        findings.note(endpoint, "verb", &endpoint.verb.word, &message);
        return None;
    };
    Some(operations.swap_remove(index))
}

struct Check<'c, 'a> {
    api: &'c Api<'a>,
    endpoint: &'c Endpoint<'a>,
    contract: &'c Contract,
    operation: &'c Operation,
    parameters: Vec<Parameter>,
    findings: &'c Findings<'c>,
}

/// What a document has under the name of a parameter.
enum Found<'c> {
    /// Nothing that it describes by itself, and nothing against it: a field of an object, a credential, a header
    /// of HTTP's own.
    Free,
    Exactly(&'c Parameter),
    /// In another place.
    Elsewhere(&'c Parameter),
    Nowhere,
}

/// What HTTP itself gives, whatever a document says of it.
const OWN: [&str; 3] = ["accept", "content-type", "authorization"];

impl Check<'_, '_> {
    fn note(&self, kind: &str, tokens: impl ToTokens, message: &str) {
        self.findings.note(self.endpoint, kind, tokens, message);
    }

    fn parameters(&self) {
        for param in &self.endpoint.params {
            let Some((place, name)) = named(param) else { continue };
            let form = if let Kind::Query { form, .. } = &param.kind { Some(*form) } else { None };
            self.parameter(param, place, &name, form);
        }
    }

    fn parameter(&self, param: &Param<'_>, place: &str, name: &str, form: Option<QueryForm>) {
        match self.find(place, name) {
            Found::Free => {}
            Found::Exactly(known) => {
                self.collection(param, known, form);
                if known.required && is_option(param.ty) {
                    let place = self.place(known);
                    let message = format!("`{name}` is required: pass it always\nnote: {place}");
                    self.note("required", param.ty, &message);
                }
            }
            Found::Elsewhere(known) => {
                let message =
                    format!("`{name}` is a {} parameter, not a {place} one\nnote: {}", known.place, self.place(known));
                self.note("place", param.name, &message);
            }
            Found::Nowhere => {
                let known: Vec<&str> =
                    self.parameters.iter().filter(|known| known.place == place).map(|known| known.name).collect();
                // A required one that is not sent is what this one is called now.
                let hint = match self.missing().into_iter().find(|known| known.place == place) {
                    Some(required) => format!("; it requires `{}`", required.name),
                    None => words::did_you_mean(name, &known),
                };
                let place = format!("{place} parameter `{name}`{hint}\nnote: {}.parameters", self.operation.place());
                self.note("parameter", param.name, &format!("the operation has no {place}"));
            }
        }
    }

    /// What the document has under a name.
    fn find(&self, place: &str, name: &str) -> Found<'_> {
        if place == "header" && OWN.contains(&name) {
            return Found::Free;
        }
        if let Some(known) = self.parameters.iter().find(|known| known.place == place && same(place, known.name, name))
        {
            return Found::Exactly(known);
        }
        let in_object = self
            .parameters
            .iter()
            .filter(|known| known.place == place)
            .any(|known| known.fields.as_ref().is_some_and(|fields| fields.open || fields.find(name).is_some()));
        if in_object || self.operation.key_names().iter().any(|key| same(place, key, name)) {
            return Found::Free;
        }
        let elsewhere = self.parameters.iter().find(|known| same("header", known.name, name));
        elsewhere.map_or(Found::Nowhere, Found::Elsewhere)
    }

    /// Whether a list goes where one is, joined as it should be.
    fn collection(&self, param: &Param<'_>, known: &Parameter, form: Option<QueryForm>) {
        let spelled = spelled(param.ty);
        let says = match (known.is_deep, known.is_list, known.separator) {
            (true, _, _) => "an object, `#[query(deep_object)]`",
            (_, true, _) if known.place != "query" => "a list",
            (_, true, None) => "a list that repeats its name, `#[query]` with a sequence",
            (_, true, Some(",")) => "a list joined by commas, `#[query(csv)]`",
            (_, true, Some("%20")) => "a list joined by spaces, `#[query(ssv)]`",
            (_, true, Some(_)) => "a list joined by `|`, `#[query(pipes)]`",
            (_, false, _) => "one value",
        };
        let fits = match form {
            Some(QueryForm::DeepObject) => known.is_deep,
            Some(QueryForm::Joined(separator)) => known.is_list && known.separator == Some(separator) || !known.is_told,
            Some(QueryForm::Repeat | QueryForm::Encoded) if known.is_list => {
                spelled != Spelled::Scalar && (known.separator.is_none() || spelled == Spelled::Unknown)
            }
            _ if known.is_list => spelled != Spelled::Scalar,
            _ => !known.is_deep && (spelled != Spelled::Sequence || !known.is_told),
        };
        if !fits {
            let message = format!("`{}` is {says}\nnote: {}", known.name, self.place(known));
            self.note("format", param.ty, &message);
        }
    }

    /// Whether all that is required is there. One that is sent in another place or under another name has been
    /// found there.
    fn required(&self) {
        let mut renamed = ["query", "header", "cookie"].map(|place| (place, self.unknown(place)));
        for known in self.missing() {
            let left = renamed.iter_mut().find(|(place, left)| *place == known.place && *left > 0);
            if let Some((_, left)) = left {
                *left -= 1;
                continue;
            }
            let message = format!(
                "the {} parameter `{}` is required and not sent\nnote: {}",
                known.place,
                known.name,
                self.place(known)
            );
            self.note("required", &self.endpoint.item.sig.ident, &message);
        }
    }

    /// How many parameters of a place the document does not have.
    fn unknown(&self, place: &str) -> usize {
        let names = self.endpoint.params.iter().filter_map(named);
        names.filter(|(found, name)| *found == place && matches!(self.find(place, name), Found::Nowhere)).count()
    }

    /// What is required and neither sent, in whatever place, nor hidden in what has no names here.
    fn missing(&self) -> Vec<&Parameter> {
        let template = self.endpoint.verb.template().and_then(|(_, template)| template.query.as_deref());
        let literals: Vec<String> = template
            .unwrap_or_default()
            .split('&')
            .map(|pair| percent_decode(pair.split('=').next().unwrap_or(pair)))
            .collect();
        let is_missing = |known: &&Parameter| {
            let is_own = known.place == "header" && OWN.contains(&&*known.name.to_ascii_lowercase());
            let is_given = self.endpoint.params.iter().any(|param| {
                hides(param, known.place) || named(param).is_some_and(|(place, name)| same(place, &name, known.name))
            });
            let is_constant = match known.place {
                "header" => self.constant_headers().any(|name| same("header", name, known.name)),
                "query" => literals.iter().any(|literal| literal == known.name),
                _ => false,
            };
            let is_layers = self.contract.client_sends.iter().any(|name| same(known.place, name, known.name));
            known.required
                && known.place != "path"
                && known.fields.is_none()
                && !(is_own || is_given || is_constant || is_layers)
        };
        self.parameters.iter().filter(is_missing).collect()
    }

    fn constant_headers(&self) -> impl Iterator<Item = &str> {
        let args = &self.endpoint.verb.args;
        let key = args.idempotency_key.as_deref();
        args.headers.iter().chain(&self.api.args.headers).map(|header| header.name.as_str()).chain(key)
    }

    fn body(&self) {
        let ours = self.endpoint.params.iter().find_map(|param| Some((param, media_of(&param.kind)?)));
        let place = format!("{}.requestBody", self.operation.place());
        match (ours, self.operation.body()) {
            (None, Some((true, media))) => {
                let media = words::list(&media);
                let message = format!("the operation has a body, {media}, and none is sent\nnote: {place}");
                self.note("body", &self.endpoint.item.sig.ident, &message);
            }
            (Some((param, _)), None) => {
                let message = format!("the operation has no body\nnote: {}", self.operation.place());
                self.note("body", param.name, &message);
            }
            (Some((param, (ours, literal))), Some((required, media))) => {
                if !media.is_empty() && !media.iter().any(|range| allows(range, &ours)) {
                    let media = words::list(&media);
                    let message = format!("the body is {media}, not `{ours}`\nnote: {place}.content");
                    match literal {
                        Some(literal) => self.note("media_type", literal, &message),
                        None => self.note("media_type", param.name, &message),
                    }
                }
                let is_whole = !matches!(param.kind, Kind::Field { .. } | Kind::Part { .. });
                if required && is_whole && is_option(param.ty) {
                    let message = format!("the body is required: pass it always\nnote: {place}.required");
                    self.note("required", param.ty, &message);
                }
            }
            (None, _) => {}
        }
    }

    /// The media type that the method asks for by name.
    fn accept(&self) {
        let Some(accept) = &self.endpoint.verb.args.accept else { return };
        let answers = self.operation.answers();
        let asked = accept.value();
        let fits = asked.split(',').any(|asked| {
            let asked = essence(asked);
            asked.ends_with("/*") || answers.iter().any(|answer| allows(answer, &asked))
        });
        if !answers.is_empty() && !fits {
            let message =
                format!("the operation answers {}\nnote: {}.responses", words::list(&answers), self.operation.place());
            self.note("answer", accept, &message);
        }
    }

    fn place(&self, known: &Parameter) -> String {
        format!("{}.parameters, `{}` in {}", self.operation.place(), known.name, known.place)
    }
}

/// Whether a parameter is the operation's API key.
fn sends_key(endpoint: &Endpoint<'_>, operation: &Operation) -> bool {
    let keys = operation.key_names();
    endpoint.params.iter().filter_map(named).any(|(place, name)| keys.iter().any(|key| same(place, key, &name)))
}

/// Where a parameter goes and its name there.
fn named(param: &Param<'_>) -> Option<(&'static str, String)> {
    match &param.kind {
        Kind::Query { form: QueryForm::Flatten | QueryForm::FlattenEncoded, .. } => None,
        Kind::Query { name, .. } => Some(("query", percent_decode(name))),
        Kind::Header { name, .. } => Some(("header", name.clone())),
        Kind::Cookie { name, .. } => Some(("cookie", name.clone())),
        _ => None,
    }
}

/// Whether a parameter may send any name of a place.
fn hides(param: &Param<'_>, place: &str) -> bool {
    match &param.kind {
        Kind::Query { form: QueryForm::Flatten | QueryForm::FlattenEncoded, .. } => place == "query",
        Kind::Headers | Kind::Options => place == "header",
        _ => false,
    }
}

/// Names of headers differ in case alone.
fn same(place: &str, left: &str, right: &str) -> bool {
    if place == "header" { left.eq_ignore_ascii_case(right) } else { left == right }
}

/// The media type of a body, and the literal that says it.
fn media_of(kind: &Kind) -> Option<(String, Option<&syn::LitStr>)> {
    Some(match kind {
        Kind::Json { media: None } => ("application/json".to_owned(), None),
        Kind::Json { media: Some(media) } | Kind::Body { media } => (essence(&media.value()), Some(media)),
        Kind::Form { .. } | Kind::Field { .. } => ("application/x-www-form-urlencoded".to_owned(), None),
        Kind::Multipart | Kind::Part { .. } => ("multipart/form-data".to_owned(), None),
        _ => return None,
    })
}
