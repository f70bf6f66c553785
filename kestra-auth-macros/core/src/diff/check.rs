//! Compares the traits and models of files with a document: what the macro reports, and what it would leave to the
//! compiler.

use std::collections::BTreeSet;

use proc_macro2::Span;

use super::modules::ModuleId;
use super::sources::{ApiTrait, ModelItem, Sources};
use super::types::{Elsewhere, TypeIn, Types};
use crate::contract;
use crate::contract::document::Document;
use crate::contract::fit::{self, Shape};
use crate::contract::mismatch::{Found, Log, Mismatch};
use crate::contract::model_check;
use crate::contract::model_check::arguments::Arguments;
use crate::contract::model_check::model_shape::ModelShape;
use crate::contract::question::{Nothing, Part, Question};
use crate::contract::type_check::{Asked, CompilerChecks};
use crate::diagnostics::Diagnostics;
use crate::model::{Api, Endpoint};
use crate::parse::contract::DocumentPath;
use crate::parse::mismatch_kind::MismatchKind;
use crate::parse::trait_args::ApiArgs;
use crate::validate;

/// What was compared, and what was found.
#[derive(Default)]
pub(super) struct Checked {
    pub(super) problems: Vec<Problem>,
    pub(super) traits: usize,
    pub(super) models: usize,
    /// The types of other crates, which were not compared.
    pub(super) elsewhere: BTreeSet<String>,
    /// The traits and models that have no document, or another one.
    pub(super) others: usize,
    /// The traits and models with errors of their own.
    pub(super) invalid: Vec<String>,
}

/// A mismatch of an endpoint or a model.
#[derive(Clone)]
pub(super) struct Problem {
    /// `FlowsApi::search`, `Flow`
    pub(super) item: String,
    /// `GET /flows`; `None` for a model.
    pub(super) operation: Option<String>,
    pub(super) file: usize,
    /// From 1, like the column.
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) what: What,
}

#[derive(Clone)]
pub(super) enum What {
    Mismatch {
        kind: MismatchKind,
        name: Option<String>,
        mismatch: Mismatch,
    },
    /// An error without a kind: its lines.
    Error(String),
}

impl Problem {
    /// Whether it is what another comparison of the same files has found.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let is_same_kind = match (&self.what, &other.what) {
            (What::Mismatch { kind, name, .. }, What::Mismatch { kind: other, name: other_name, .. }) => {
                kind == other && name == other_name
            }
            (What::Error(message), What::Error(other)) => message == other,
            _ => false,
        };
        is_same_kind && (self.file, self.line, self.column) == (other.file, other.line, other.column)
    }
}

/// What a problem is of.
struct Subject<'s> {
    item: &'s str,
    operation: Option<String>,
    file: usize,
}

/// What all comparisons with one document share.
struct Check<'m> {
    document: &'m Document,
    log: &'m Log<'m>,
    questions: &'m CompilerChecks,
    checked: Checked,
}

/// A question, and what it is of.
struct Pending {
    asked: Asked,
    module: ModuleId,
    item: String,
    operation: Option<String>,
    file: usize,
}

/// Compares those traits and models whose document is the one to compare, by the document that they name and the file
/// that they are in.
pub(super) fn check(
    sources: &Sources,
    document: &Document,
    is_of_document: &dyn Fn(&DocumentPath, usize) -> bool,
) -> Checked {
    let diagnostics = Diagnostics::new();
    let (log, questions) = (Log::of_list(&diagnostics), CompilerChecks::of_list());
    let (arguments, skipped) = model_arguments(sources, is_of_document);
    let mut check = Check { document, log: &log, questions: &questions, checked: skipped };
    let mut types = Types::new(sources);
    let mut pending = Vec::new();
    for (index, (item, arguments)) in sources.models.iter().zip(&arguments).enumerate() {
        if let Some(arguments) = arguments {
            let shape = check.model(item, arguments, &mut pending);
            if let Some(shape) = shape {
                types.add_model(index, shape);
            }
        }
    }
    for item in &sources.traits {
        check.api(item, is_of_document, &mut pending);
    }
    check.evaluate(&types, &pending);
    let mut checked = check.checked;
    checked.problems.sort_by_key(|problem| (problem.file, problem.line, problem.column));
    let _ = diagnostics.finish();
    checked
}

/// The arguments of each model that is to be compared.
fn model_arguments(
    sources: &Sources,
    is_of_document: &dyn Fn(&DocumentPath, usize) -> bool,
) -> (Vec<Option<Arguments>>, Checked) {
    let mut skipped = Checked::default();
    let arguments = sources.models.iter().map(|item| {
        let ignored = Diagnostics::new();
        let arguments = Arguments::parse(&item.input, &ignored);
        let Some(arguments) = arguments.filter(|_| ignored.finish().is_none()) else {
            skipped.invalid.push(item.input.ident.to_string());
            return None;
        };
        let is_of_document = is_of_document(&arguments.document, item.file);
        skipped.others += usize::from(!is_of_document);
        is_of_document.then_some(arguments)
    });
    (arguments.collect(), skipped)
}

impl<'m> Check<'m> {
    fn model(
        &mut self,
        item: &'m ModelItem,
        arguments: &'m Arguments,
        pending: &mut Vec<Pending>,
    ) -> Option<ModelShape<'m>> {
        let name = item.input.ident.to_string();
        self.checked.models += 1;
        let checks = (self.questions, self.log);
        let shape = model_check::compare(&item.input, arguments, self.document, checks, ModelShape::of);
        self.drain(&Subject { item: &name, operation: None, file: item.file }, item.module, pending);
        shape
    }

    fn api(
        &mut self,
        item: &'m ApiTrait,
        is_of_document: &dyn Fn(&DocumentPath, usize) -> bool,
        pending: &mut Vec<Pending>,
    ) {
        let name = item.item.ident.to_string();
        let own = Diagnostics::new();
        let arguments = ApiArgs::parse(item.arguments.clone(), &own);
        let api = Api::new(&item.item, arguments, &own);
        validate::check(&api, &own);
        if own.finish().is_some() {
            self.checked.invalid.push(name);
            return;
        }
        let Some(contract) = api.args.contract.as_ref().filter(|found| is_of_document(&found.path, item.file)) else {
            self.checked.others += 1;
            return;
        };
        self.checked.traits += 1;
        let (document, checks) = (self.document, (self.questions, self.log));
        let _ = contract::compare(&api, contract, document, checks, &mut |endpoint| {
            let method = format!("{name}::{}", endpoint.item.sig.ident);
            let operation = Some(operation(&api, endpoint));
            self.drain(&Subject { item: &method, operation, file: item.file }, item.module, pending);
        });
        self.drain(&Subject { item: &name, operation: None, file: item.file }, item.module, pending);
    }

    /// Takes what the comparison of one endpoint, model or trait has found.
    fn drain(&mut self, subject: &Subject<'_>, module: ModuleId, pending: &mut Vec<Pending>) {
        for Found { kind, name, span, mismatch } in self.log.take() {
            self.checked.problems.push(subject.problem(span, What::Mismatch { kind, name, mismatch }));
        }
        for error in self.log.diagnostics().take() {
            self.checked.problems.push(subject.problem(error.span(), What::Error(error.to_string())));
        }
        pending.extend(self.questions.take().into_iter().map(|asked| Pending {
            asked,
            module,
            item: subject.item.to_owned(),
            operation: subject.operation.clone(),
            file: subject.file,
        }));
    }

    /// Evaluates what the macro would leave to the compiler.
    fn evaluate(&mut self, types: &Types<'m>, pending: &[Pending]) {
        for Pending { asked, module, item, operation, file } in pending {
            match evaluate(types, &TypeIn::new(&asked.ty, *module), &asked.question) {
                Ok(None) => {}
                Ok(Some((kind, name, mismatch))) => {
                    let subject = Subject { item, operation: operation.clone(), file: *file };
                    self.checked.problems.push(subject.problem(asked.span, What::Mismatch { kind, name, mismatch }));
                }
                Err(Elsewhere(name)) => drop(self.checked.elsewhere.insert(name)),
            }
        }
    }
}

impl Subject<'_> {
    fn problem(&self, span: Span, what: What) -> Problem {
        let start = span.start();
        let (item, operation) = (self.item.to_owned(), self.operation.clone());
        Problem { item, operation, file: self.file, line: start.line, column: start.column + 1, what }
    }
}

/// The mismatch that the compiler would report, with its kind and the name of what it is at.
type Evaluated = Option<(MismatchKind, Option<String>, Mismatch)>;

fn evaluate<'t, 'm: 't>(types: &Types<'m>, ty: &TypeIn<'t>, question: &Question<'_>) -> Result<Evaluated, Elsewhere> {
    let shape = |part: Part| match part {
        Part::Whole => types.shape(ty),
        Part::ErrorBody => types.error_body(ty),
    };
    let found =
        |mismatch: &Mismatch, text: &str| Mismatch { what: mismatch.what.replace("{found}", text), ..mismatch.clone() };
    Ok(match question {
        Question::Type { part, expected, mismatches } => shape(*part)?.and_then(|shape| {
            let (kind, mismatch) = mismatches.of_shape(&shape, expected)?;
            Some((kind, mismatches.name.clone(), found(&mismatch, &shape.text())))
        }),
        Question::Result { value, item, mismatches } => types.result(ty)?.and_then(|shape| {
            let expected = if shape.is_stream() { item } else { value };
            let (kind, mismatch) = mismatches.of_shape(&shape, expected)?;
            Some((kind, mismatches.name.clone(), found(&mismatch, &shape.text())))
        }),
        Question::NoBody { part, kind, mismatch } => {
            shape(*part)?.filter(Shape::needs_body).map(|shape| (*kind, None, found(mismatch, &shape.text())))
        }
        Question::Optional { name, holds, mismatch } => {
            let is_optional = types.is_optional(ty, *holds == Nothing::Null)?;
            (!is_optional).then(|| (MismatchKind::Required, Some(name.clone()), mismatch.clone()))
        }
        Question::Response { media_types, has_none, mismatch } => {
            let accept = types.accept(ty, *has_none)?;
            let is_read = accept.is_none_or(|accept| fit::reads(accept, media_types));
            (!is_read).then(|| (MismatchKind::Response, None, mismatch.clone()))
        }
    })
}

fn operation(api: &Api<'_>, endpoint: &Endpoint<'_>) -> String {
    format!("{} {}", endpoint.verb.method, api.template_text(endpoint))
}
