//! What the contract reports: mismatches between an endpoint or a model and the document.

use std::cell::RefCell;
use std::fmt;

use proc_macro2::Span;
use quote::ToTokens;

use super::pointer::Pointer;
use crate::diagnostics::Diagnostics;
use crate::model::{Api, Endpoint};
use crate::parse::contract::Expect;
use crate::parse::mismatch_kind::MismatchKind;

/// A difference that the document does not allow.
#[derive(Clone, Debug)]
pub(crate) struct Mismatch {
    /// What is wrong.
    pub(crate) what: String,
    /// What to write instead.
    pub(crate) help: String,
    /// Where the document says so.
    pub(crate) pointer: Pointer,
}

/// A mismatch as commands list it.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) kind: MismatchKind,
    /// The name on the wire of what it is at.
    pub(crate) name: Option<String>,
    pub(crate) span: Span,
    pub(crate) mismatch: Mismatch,
}

/// What becomes of mismatches: errors of an expansion, or a list for commands.
pub(crate) struct Log<'d> {
    pub(super) diagnostics: &'d Diagnostics,
    list: Option<RefCell<Vec<Found>>>,
}

/// Where mismatches are reported.
pub(super) trait Report {
    /// Reports a mismatch of what has this name on the wire, if it has one, unless its kind is expected.
    fn report(&self, kind: MismatchKind, name: Option<&str>, tokens: &dyn ToTokens, mismatch: Mismatch);

    /// A mismatch that only the compiler can find, as it would be reported; `None` if its kind is expected.
    fn possible(&self, kind: MismatchKind, name: Option<&str>, mismatch: Mismatch) -> Option<Mismatch>;
}

/// Reports the mismatches of one endpoint, except for those that it or its trait expects.
pub(super) struct EndpointMismatches<'e> {
    api: &'e Api<'e>,
    endpoint: &'e Endpoint<'e>,
    log: &'e Log<'e>,
}

impl<'d> Log<'d> {
    /// Makes each mismatch an error.
    pub(super) fn of_errors(diagnostics: &'d Diagnostics) -> Self {
        Self { diagnostics, list: None }
    }

    /// Keeps mismatches; what is an error without them still is one.
    pub(crate) fn of_list(diagnostics: &'d Diagnostics) -> Self {
        Self { diagnostics, list: Some(RefCell::default()) }
    }

    /// Whether mismatches are kept, and nothing is expanded.
    pub(super) fn is_list(&self) -> bool {
        self.list.is_some()
    }

    /// The errors that are not mismatches.
    pub(crate) fn diagnostics(&self) -> &'d Diagnostics {
        self.diagnostics
    }

    /// Returns what has been kept since it was last asked for.
    pub(crate) fn take(&self) -> Vec<Found> {
        self.list.as_ref().map(RefCell::take).unwrap_or_default()
    }

    pub(super) fn report(&self, kind: MismatchKind, name: Option<&str>, tokens: impl ToTokens, mismatch: Mismatch) {
        match &self.list {
            Some(list) => {
                let span = syn::Error::new_spanned(tokens, "").span();
                list.borrow_mut().push(Found { kind, name: name.map(str::to_owned), span, mismatch });
            }
            None => self.diagnostics.report(tokens, mismatch),
        }
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\nhelp: {}\nnote: {}", self.what, self.help, self.pointer)
    }
}

impl<'e> EndpointMismatches<'e> {
    pub(super) fn new(api: &'e Api<'e>, endpoint: &'e Endpoint<'e>, log: &'e Log<'e>) -> Self {
        Self { api, endpoint, log }
    }

    /// Whether mismatches are kept, and nothing is expanded.
    pub(super) fn is_list(&self) -> bool {
        self.log.is_list()
    }

    /// Reports a mismatch of the endpoint as a whole.
    pub(super) fn report(&self, kind: MismatchKind, tokens: impl ToTokens, mismatch: Mismatch) {
        if !self.is_expected(kind) {
            self.log.report(kind, None, tokens, self.with_expect(kind, mismatch));
        }
    }

    /// Reports a mismatch of what has this name on the wire: a parameter, a field or a part.
    pub(super) fn report_named(&self, kind: MismatchKind, name: &str, tokens: impl ToTokens, mismatch: Mismatch) {
        if !self.is_expected_named(kind, Some(name)) {
            self.log.report(kind, Some(name), tokens, self.with_expect(kind, mismatch));
        }
    }

    /// Whether the endpoint expects mismatches of a kind. The expectation counts as used from then on.
    pub(super) fn is_expected(&self, kind: MismatchKind) -> bool {
        self.is_expected_named(kind, None)
    }

    /// Whether the endpoint expects mismatches of a kind at this name.
    pub(super) fn is_expected_named(&self, kind: MismatchKind, name: Option<&str>) -> bool {
        let expects = self.endpoint.verb.args.expects.iter().chain(&self.api.args.expects);
        let expect = expects.filter(|expect| expect.covers(kind, name)).max_by_key(|expect| expect.name.is_some());
        expect.inspect(|expect| expect.used.set(true)).is_some()
    }

    /// The mismatch with the help to silence it.
    pub(super) fn with_expect(&self, kind: MismatchKind, mut mismatch: Mismatch) -> Mismatch {
        let (kind, verb) = (kind.word(), &self.endpoint.verb.word);
        mismatch.help = format!("{}, or allow the mismatch with `expect({kind})` in `#[{verb}(…)]`", mismatch.help);
        mismatch
    }

    /// Reports the expectations that silenced nothing, because they would hide the next mismatch.
    pub(super) fn report_unused(self, pointer: &Pointer) {
        report_unused(&self.endpoint.verb.args.expects, "endpoint", pointer, self.log.diagnostics);
    }
}

/// Reports the expectations of an endpoint, a trait or a field that silenced nothing.
pub(super) fn report_unused(expects: &[Expect], holder: &str, pointer: &Pointer, diagnostics: &Diagnostics) {
    for expect in expects.iter().filter(|expect| !expect.used.get()) {
        let kind = expect.kind.word();
        let (expected, name) = match &expect.name {
            Some(name) => (format!("{kind}({:?})", name.value()), format!(" at `{}`", name.value())),
            None => (kind.to_owned(), String::new()),
        };
        let mismatch = Mismatch {
            what: format!("unused `expect({expected})`: the {holder} has no mismatch of this kind{name}"),
            help: format!("remove `{expected}` from `expect`"),
            pointer: pointer.clone(),
        };
        match &expect.name {
            Some(name) => diagnostics.report(name, mismatch),
            None => diagnostics.report(&expect.word, mismatch),
        }
    }
}

impl Report for EndpointMismatches<'_> {
    fn report(&self, kind: MismatchKind, name: Option<&str>, tokens: &dyn ToTokens, mismatch: Mismatch) {
        if !self.is_expected_named(kind, name) {
            self.log.report(kind, name, tokens, self.with_expect(kind, mismatch));
        }
    }

    fn possible(&self, kind: MismatchKind, name: Option<&str>, mismatch: Mismatch) -> Option<Mismatch> {
        (!self.is_expected_named(kind, name)).then(|| self.with_expect(kind, mismatch))
    }
}
