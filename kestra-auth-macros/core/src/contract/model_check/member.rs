//! A field or a variant of a model, and the mismatches that it expects.

use quote::ToTokens;
use syn::{Attribute, Meta};

use super::model::Model;
use crate::contract::mismatch::{Mismatch, Report, report_unused};
use crate::parse::arguments;
use crate::parse::contract::Expect;
use crate::parse::mismatch_kind::MismatchKind;

pub(super) struct Member<'m> {
    model: &'m Model<'m>,
    expects: Vec<Expect>,
}

impl<'m> Member<'m> {
    /// Reads `#[contract(expect(…))]` of a field or a variant.
    pub(super) fn of(model: &'m Model<'m>, attributes: &[Attribute]) -> Self {
        let mut expects = Vec::new();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("contract")) {
            match &attribute.meta {
                Meta::List(list) => {
                    let mut seen = Vec::new();
                    for arg in arguments::split(list.tokens.clone(), model.log.diagnostics) {
                        if arg.word("#[contract]", &["expect"], &mut seen, model.log.diagnostics).is_some() {
                            expects.extend(Expect::parse(&arg, model.log.diagnostics));
                        }
                    }
                }
                Meta::Path(_) | Meta::NameValue(_) => {
                    let message = "expected a list in `#[contract(…)]`\nhelp: write `#[contract(expect(required))]`";
                    model.log.diagnostics.report(&attribute.meta, message);
                }
            }
        }
        Self { model, expects }
    }

    /// Reports the expectations that silenced nothing.
    pub(super) fn finish(&self, holder: &str) {
        report_unused(&self.expects, holder, &self.model.pointer, self.model.log.diagnostics);
    }
}

impl Report for Member<'_> {
    fn report(&self, kind: MismatchKind, name: Option<&str>, tokens: &dyn ToTokens, mismatch: Mismatch) {
        if !is_expected(&self.expects, kind, name) {
            self.model.report(kind, name, tokens, mismatch);
        }
    }

    fn possible(&self, kind: MismatchKind, name: Option<&str>, mismatch: Mismatch) -> Option<Mismatch> {
        let is_expected = is_expected(&self.expects, kind, name);
        if is_expected { None } else { self.model.possible(kind, name, mismatch) }
    }
}

impl Model<'_> {
    /// Whether the model itself expects mismatches of a kind at a name.
    pub(super) fn expects(&self, kind: MismatchKind, name: &str) -> bool {
        is_expected(&self.args.expects, kind, Some(name))
    }
}

impl Report for Model<'_> {
    fn report(&self, kind: MismatchKind, name: Option<&str>, tokens: &dyn ToTokens, mismatch: Mismatch) {
        if let Some(mismatch) = self.possible(kind, name, mismatch) {
            self.log.report(kind, name, tokens, mismatch);
        }
    }

    fn possible(&self, kind: MismatchKind, name: Option<&str>, mut mismatch: Mismatch) -> Option<Mismatch> {
        if is_expected(&self.args.expects, kind, name) {
            return None;
        }
        let kind = kind.word();
        mismatch.help = format!("{}, or allow the mismatch with `#[contract(expect({kind}))]`", mismatch.help);
        Some(mismatch)
    }
}

/// Whether mismatches of a kind are expected at a name. The expectation counts as used from then on.
fn is_expected(expects: &[Expect], kind: MismatchKind, name: Option<&str>) -> bool {
    let expects = expects.iter().filter(|expect| expect.covers(kind, name));
    let expect = expects.max_by_key(|expect| expect.name.is_some());
    expect.inspect(|expect| expect.used.set(true)).is_some()
}
