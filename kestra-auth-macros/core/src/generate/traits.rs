//! The traits of a document: which operations each has, and what its methods are called.

use super::arguments::{Argument, ArgumentKind};
use super::docs;
use super::methods::{self, Method};
use super::models::Models;
use super::naming::{Scope, pascal_case, singular, words};
use super::options::Options;
use super::paths;
use super::schemas;
use crate::contract::document::Document;
use crate::contract::operations::Operation;
use crate::parse::rename_all::Case;
use crate::suggest;

/// A trait of generated code.
pub(super) struct Trait<'d> {
    pub(super) name: String,
    pub(super) docs: Vec<String>,
    pub(super) base: String,
    /// The tag, if the trait has all of its operations.
    pub(super) whole_tag: Option<&'d str>,
    pub(super) rename_all: Option<Case>,
    pub(super) anonymous: bool,
    /// The methods with their names.
    pub(super) methods: Vec<(String, Method<'d>)>,
}

/// An operation without a method, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Where the operation is in the document.
    pub location: String,
    /// Why it cannot be a method.
    pub reason: String,
    /// Its path in the document.
    pub path: String,
    /// Its verb in the document.
    pub verb: String,
}

/// The names that methods of a client cannot have, or should not.
const RESERVED_METHODS: [&str; 5] = ["with_options", "try_with_options", "clone", "into", "new"];

/// Returns the operations of a document.
pub(super) fn operations(document: &Document) -> Vec<Operation<'_>> {
    document.paths().iter().flat_map(|item| Operation::all(document, item)).collect()
}

/// Reads the chosen operations as traits, in the order of the document.
pub(super) fn read<'d>(
    document: &'d Document,
    all: &[Operation<'d>],
    models: &mut Models<'d>,
    options: &Options,
    left_out: &mut Vec<LeftOut>,
) -> Result<Vec<Trait<'d>>, String> {
    let chosen = choose(all, options)?;
    let mut groups: Vec<(Option<&'d str>, Vec<&Operation<'d>>)> = Vec::new();
    for operation in chosen {
        let is_wanted = |tag: &&str| options.tags.is_empty() || options.tags.iter().any(|wanted| is_same(wanted, tag));
        let tag = operation.tags().find(is_wanted).or_else(|| operation.tags().next());
        match groups.iter_mut().find(|(found, _)| *found == tag) {
            Some((_, operations)) => operations.push(operation),
            None => groups.push((tag, vec![operation])),
        }
    }
    let mut names = Scope::default();
    let mut traits = Vec::new();
    for (tag, operations) in groups {
        let title = document.root().get("info").and_then(|info| info.value.get_str("title")).unwrap_or("Default");
        let name = pascal_case(tag.unwrap_or(title));
        let name = name.strip_suffix("Api").filter(|rest| !rest.is_empty()).unwrap_or(&name);
        let name = names.take(&[&format!("{name}Api")]);
        let mut created = Trait::of(&name, tag, &operations, &[], models, options, left_out);
        let count = |tag: &str| all.iter().filter(|other| other.tags().any(|found| found == tag)).count();
        created.whole_tag = tag.filter(|tag| count(tag) == created.methods.len());
        created.docs = trait_docs(document, tag);
        created.choose_base(&operations, all, options);
        created.rename_all = common_case(created.methods.iter().flat_map(|(_, method)| &method.arguments));
        if !created.methods.is_empty() {
            traits.push(created);
        }
    }
    Ok(traits)
}

fn is_same(left: &str, right: &str) -> bool {
    left.eq_ignore_ascii_case(right)
}

fn choose<'o, 'd>(all: &'o [Operation<'d>], options: &Options) -> Result<Vec<&'o Operation<'d>>, String> {
    for wanted in &options.tags {
        if !all.iter().any(|operation| operation.tags().any(|tag| is_same(wanted, tag))) {
            let mut known: Vec<&str> = all.iter().flat_map(Operation::tags).collect();
            known.sort_unstable();
            known.dedup();
            let hint = suggest::did_you_mean(wanted, &known);
            return Err(format!("unknown tag `{wanted}`{hint}\nhelp: write one of {}", suggest::list(&known)));
        }
    }
    for wanted in &options.operations {
        let ids: Vec<&str> = all.iter().filter_map(Operation::id).collect();
        if !ids.contains(&&**wanted) {
            let hint = suggest::did_you_mean(wanted, &ids);
            return Err(format!("unknown operation `{wanted}`{hint}\nhelp: write an `operationId` of the document"));
        }
    }
    for wanted in &options.paths {
        if !all.iter().any(|operation| is_below(operation.path, wanted)) {
            return Err(format!("the document has no path below `{wanted}`\nhelp: write the start of a path"));
        }
    }
    let is_all = options.tags.is_empty() && options.paths.is_empty() && options.operations.is_empty();
    let is_chosen = |operation: &&Operation<'d>| {
        is_all
            || operation.tags().any(|tag| options.tags.iter().any(|wanted| is_same(wanted, tag)))
            || options.paths.iter().any(|wanted| is_below(operation.path, wanted))
            || operation.id().is_some_and(|id| options.operations.iter().any(|wanted| wanted == id))
    };
    Ok(all.iter().filter(is_chosen).collect())
}

/// Whether a path starts with these segments.
fn is_below(path: &str, start: &str) -> bool {
    let start = start.trim_end_matches('/');
    path.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The description of a tag, or of the document.
fn trait_docs(document: &Document, tag: Option<&str>) -> Vec<String> {
    let lines = match tag {
        Some(tag) => docs::lines(None, tag_description(document, tag)),
        None => Vec::new(),
    };
    match tag {
        _ if !lines.is_empty() => lines,
        Some(tag) => vec![format!("The operations with the tag `{}`.", tag.replace('`', "'"))],
        None => vec!["The operations of the document.".to_owned()],
    }
}

fn tag_description<'d>(document: &'d Document, tag: &str) -> Option<&'d str> {
    let tags = document.root();
    let tags = schemas::raw_items(tags, "tags");
    tags.into_iter().find(|node| node.value.get_str("name") == Some(tag))?.value.get_str("description")
}

/// The name of an operation in all the document: its id, or its verb and path.
fn full_name(operation: &Operation<'_>) -> String {
    if let Some(id) = operation.id().filter(|id| id.chars().any(char::is_alphabetic)) {
        return words(id).join("_");
    }
    let mut name = vec![operation.verb.to_owned()];
    for segment in operation.path.split(['/', '.']).filter(|segment| !segment.is_empty()) {
        let inside = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        name.push(inside.map_or_else(|| segment.to_owned(), |inside| format!("by_{inside}")));
    }
    words(&name.join("_")).join("_")
}

/// The name of a method: that of the operation, without what the trait's name says already.
fn method_name(full: &str, verb: &str, tag: Option<&str>, scope: &mut Scope) -> String {
    let mut short: Vec<&str> = full.split('_').filter(|word| *word != "controller").collect();
    let tag_words = tag.map(words).unwrap_or_default();
    let is_tag = |word: &str, tag: &str| word == tag || singular(word) == singular(tag);
    let starts = short.len() > tag_words.len() && tag_words.iter().zip(&short).all(|(tag, word)| is_tag(word, tag));
    if starts && !tag_words.is_empty() {
        short.drain(..tag_words.len());
    }
    // Servers number what they would name the same in different tags.
    if short.len() > 1 && short.last().is_some_and(|word| word.chars().all(|c| c.is_ascii_digit())) {
        short.pop();
    }
    let short = short.join("_");
    let full = if full.starts_with(char::is_alphabetic) { full.to_owned() } else { format!("call_{full}") };
    let short = if short.starts_with(char::is_alphabetic) { short } else { full.clone() };
    scope.take(&[&short, &full, &format!("{verb}_{full}")])
}

/// The case that spares most names on the wire from being written out.
pub(super) fn best_case(names: &[(&str, &str)]) -> Option<Case> {
    const CASES: [Case; 5] = [Case::Camel, Case::Kebab, Case::Pascal, Case::ScreamingSnake, Case::Upper];
    // A case would take the underscore off `self_` as if by chance.
    let names: Vec<_> = names.iter().filter(|(own, _)| !own.ends_with('_')).collect();
    let plain = names.iter().filter(|(own, wire)| own == wire).count();
    let fits = |case: Case| names.iter().filter(|(own, wire)| case.apply(own) == *wire).count();
    let best = CASES.into_iter().map(|case| (case, fits(case))).rev().max_by_key(|(_, count)| *count)?;
    (best.1 > plain).then_some(best.0)
}

fn common_case<'a, 'd: 'a>(arguments: impl Iterator<Item = &'a Argument<'d>>) -> Option<Case> {
    let names: Vec<(&str, &str)> = arguments
        .filter_map(|argument| match argument.kind {
            ArgumentKind::Query { name, .. } | ArgumentKind::Field(name) | ArgumentKind::Part { name, .. } => {
                Some((argument.name.trim_start_matches("r#"), name))
            }
            _ => None,
        })
        .collect();
    best_case(&names)
}

impl<'d> Trait<'d> {
    /// Reads operations as methods whose names are not among those that are taken.
    pub(super) fn of(
        name: &str,
        tag: Option<&'d str>,
        operations: &[&Operation<'d>],
        taken: &[&str],
        models: &mut Models<'d>,
        options: &Options,
        left_out: &mut Vec<LeftOut>,
    ) -> Self {
        let mut scope = Scope::with(&[&RESERVED_METHODS, taken].concat());
        let mut methods = Vec::new();
        for operation in operations {
            let full = full_name(operation);
            match methods::read(operation, &full, models, options) {
                Ok(method) => methods.push((method_name(&full, operation.verb, tag, &mut scope), method)),
                Err(reason) => {
                    let (path, verb) = (operation.path.to_owned(), operation.verb.to_owned());
                    left_out.push(LeftOut { location: operation.pointer().to_string(), reason, path, verb });
                }
            }
        }
        Self {
            name: name.to_owned(),
            docs: Vec::new(),
            base: String::new(),
            whole_tag: None,
            rename_all: None,
            anonymous: !methods.is_empty() && methods.iter().all(|(_, method)| method.anonymous),
            methods,
        }
    }

    fn choose_base(&mut self, operations: &[&Operation<'d>], all: &[Operation<'d>], options: &Options) {
        let own: Vec<&str> = operations.iter().map(|operation| operation.path).collect();
        let all: Vec<&str> = all.iter().map(|operation| operation.path).collect();
        let common = options.base.clone().unwrap_or_else(|| paths::common_base(&own, &all));
        if let Ok(template) = paths::template(common.trim_end_matches('/'), &mut Scope::default())
            && !template.text.is_empty()
        {
            self.strip_base(&template.text);
        }
    }

    /// Takes the base out of the paths, if all of them start with it.
    pub(super) fn strip_base(&mut self, base: &str) {
        let stripped: Option<Vec<&str>> =
            self.methods.iter().map(|(_, method)| paths::without_base(&method.path, base)).collect();
        let Some(stripped) = stripped.map(|paths| paths.into_iter().map(str::to_owned).collect::<Vec<_>>()) else {
            return;
        };
        for ((_, method), path) in self.methods.iter_mut().zip(stripped) {
            method.path = path;
            // What the base has is an argument of the client.
            let is_in_path = |name: &str| {
                let name = name.trim_start_matches("r#");
                method.path.contains(&format!("{{{name}}}")) || method.path.contains(&format!("{{**{name}}}"))
            };
            method.arguments.retain(|argument| argument.kind != ArgumentKind::Path || is_in_path(&argument.name));
        }
        base.clone_into(&mut self.base);
    }
}
