//! How a schema is composed: the schemas that `allOf`, `oneOf`, `anyOf` and references lead to, each once. Schemas may
//! share parts and lead back to themselves, so that a walk along every way through them might never end.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use super::schema::Schema;

/// The parts of a schema. The first one is the schema itself.
pub(super) struct Composition<'d> {
    pub(super) parts: Vec<Part<'d>>,
    /// The indices of the parts, each after those that it consists of, except in a cycle.
    order: Vec<usize>,
    /// The indices of the parts that consist of each part.
    users: Vec<Vec<usize>>,
}

pub(super) struct Part<'d> {
    pub(super) schema: Schema<'d>,
    /// The indices of the parts that all apply.
    pub(super) all_of: Vec<usize>,
    /// The indices of the parts of which one or any applies: those of `oneOf`, and those of `anyOf`.
    pub(super) groups: Vec<Vec<usize>>,
    /// Whether the alternatives of the schema count.
    has_alternatives: bool,
}

/// The alternatives of schemas, by the address of each.
#[derive(Default)]
struct Alternatives(Mutex<HashMap<usize, Arc<HashSet<usize>>>>);

impl<'d> Composition<'d> {
    pub(super) fn of(schema: Schema<'d>) -> Self {
        Self::until(schema, |_| false)
    }

    /// The parts up to those that are known.
    pub(super) fn until(schema: Schema<'d>, is_known: impl Fn(Schema<'d>) -> bool) -> Self {
        let mut parts = Parts::default();
        parts.add(schema, true);
        let mut index = 0;
        while let Some(part) = parts.list.get(index) {
            if !is_known(part.schema) {
                parts.compose(index);
            }
            index += 1;
        }
        let parts = parts.list;
        let mut users = vec![Vec::new(); parts.len()];
        for (user, part) in parts.iter().enumerate() {
            part.children().for_each(|child| users[child].push(user));
        }
        Self { order: order(&parts), parts, users }
    }

    /// The parts that apply to every value: the schema itself, then those of `allOf`.
    pub(super) fn always_applying(&self) -> impl Iterator<Item = &Part<'d>> {
        let mut always = vec![0];
        let mut seen: HashSet<usize> = HashSet::from([0]);
        let mut next = 0;
        while let Some(index) = always.get(next) {
            let found: Vec<usize> =
                self.parts[*index].all_of.iter().copied().filter(|part| seen.insert(*part)).collect();
            always.extend(found);
            next += 1;
        }
        always.into_iter().map(|index| &self.parts[index])
    }

    /// Computes a value for each part from those of its children, until none changes.
    pub(super) fn solve<T: Clone + PartialEq>(&self, start: &T, step: impl Fn(&Part<'d>, &[T]) -> T) -> Vec<T> {
        let mut values = vec![start.clone(); self.parts.len()];
        let mut waiting: VecDeque<usize> = self.order.iter().copied().collect();
        let mut is_waiting = vec![true; self.parts.len()];
        while let Some(index) = waiting.pop_front() {
            is_waiting[index] = false;
            let value = step(&self.parts[index], &values);
            if value == values[index] {
                continue;
            }
            values[index] = value;
            for user in &self.users[index] {
                if !is_waiting[*user] {
                    is_waiting[*user] = true;
                    waiting.push_back(*user);
                }
            }
        }
        values
    }
}

impl Part<'_> {
    pub(super) fn is_composed(&self) -> bool {
        self.children().next().is_some()
    }

    fn children(&self) -> impl Iterator<Item = usize> {
        self.all_of.iter().chain(self.groups.iter().flatten()).copied()
    }

    /// Whether the values that are computed for the part are those of its schema.
    pub(super) fn is_whole(&self) -> bool {
        self.has_alternatives
    }
}

#[derive(Default)]
struct Parts<'d> {
    list: Vec<Part<'d>>,
    indices: HashMap<(usize, bool), usize>,
}

impl<'d> Parts<'d> {
    fn add(&mut self, schema: Schema<'d>, has_alternatives: bool) -> usize {
        let schema = schema.resolved();
        *self.indices.entry((schema.id(), has_alternatives)).or_insert_with(|| {
            self.list.push(Part { schema, all_of: Vec::new(), groups: Vec::new(), has_alternatives });
            self.list.len() - 1
        })
    }

    fn compose(&mut self, index: usize) {
        let Part { schema, has_alternatives, .. } = self.list[index];
        let mut all_of = Vec::new();
        for part in schema.all_of() {
            // A base that lists the schemas which extend it says what it may be elsewhere, not what they are.
            let lists_schema = schema.document().memo(Alternatives::default).of(part).contains(&schema.id());
            all_of.push(self.add(part, !lists_schema));
        }
        let mut groups = Vec::new();
        for group in schema.alternatives().into_iter().filter(|group| has_alternatives && !group.is_empty()) {
            groups.push(group.into_iter().map(|part| self.add(part, true)).collect());
        }
        (self.list[index].all_of, self.list[index].groups) = (all_of, groups);
    }
}

impl Alternatives {
    fn of(&self, schema: Schema<'_>) -> Arc<HashSet<usize>> {
        let schema = schema.resolved();
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let ids = || schema.alternatives().into_iter().flatten().map(|part| part.resolved().id()).collect();
        Arc::clone(known.entry(schema.id()).or_insert_with(|| Arc::new(ids())))
    }
}

/// The order in which a walk leaves the parts. It keeps its own stack, because schemas may be nested at any depth.
fn order(parts: &[Part<'_>]) -> Vec<usize> {
    let mut order = Vec::with_capacity(parts.len());
    let mut is_entered = vec![false; parts.len()];
    let children: Vec<Vec<usize>> = parts.iter().map(|part| part.children().collect()).collect();
    let mut stack = vec![(0, 0)];
    is_entered[0] = true;
    while let Some((index, next)) = stack.pop() {
        let Some(child) = children[index].get(next) else {
            order.push(index);
            continue;
        };
        stack.push((index, next + 1));
        if !is_entered[*child] {
            is_entered[*child] = true;
            stack.push((*child, 0));
        }
    }
    order
}
