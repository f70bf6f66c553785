//! What the contract reports: mismatches between an endpoint or a model and the document.

use std::fmt;

use quote::ToTokens;

use super::pointer::Pointer;
use crate::diagnostics::Diagnostics;
use crate::model::Endpoint;
use crate::parse::mismatch_kind::MismatchKind;

/// A difference that the document does not allow.
pub(super) struct Mismatch {
    /// What is wrong.
    pub(super) what: String,
    /// What to write instead.
    pub(super) help: String,
    /// Where the document says so.
    pub(super) pointer: Pointer,
}

/// Reports the mismatches of one endpoint, except for those that it expects.
pub(super) struct EndpointMismatches<'e> {
    endpoint: &'e Endpoint<'e>,
    diagnostics: &'e Diagnostics,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\nhelp: {}\nnote: {}", self.what, self.help, self.pointer)
    }
}

impl<'e> EndpointMismatches<'e> {
    pub(super) fn new(endpoint: &'e Endpoint<'e>, diagnostics: &'e Diagnostics) -> Self {
        Self { endpoint, diagnostics }
    }

    pub(super) fn report(&self, kind: MismatchKind, tokens: impl ToTokens, mismatch: Mismatch) {
        if !self.is_expected(kind) {
            self.diagnostics.report(tokens, self.with_expect(kind, mismatch));
        }
    }

    /// Whether the endpoint expects mismatches of a kind. The expectation counts as used from then on.
    pub(super) fn is_expected(&self, kind: MismatchKind) -> bool {
        let expect = self.endpoint.verb.args.expects.iter().find(|expect| expect.kind == kind);
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
        for expect in self.endpoint.verb.args.expects.iter().filter(|expect| !expect.used.get()) {
            let kind = expect.kind.word();
            self.diagnostics.report(
                &expect.word,
                Mismatch {
                    what: format!("unused `expect({kind})`: the endpoint has no mismatch of this kind"),
                    help: format!("remove `{kind}` from `expect`"),
                    pointer: pointer.clone(),
                },
            );
        }
    }
}
