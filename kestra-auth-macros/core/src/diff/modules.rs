//! The modules of the files that were read, and what a path in one of them leads to. Macros and conditions of `cfg` are
//! not evaluated.

use std::collections::HashMap;

use syn::ItemType;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct ModuleId(usize);

#[derive(Default)]
pub(super) struct Modules {
    modules: Vec<Module>,
    by_path: HashMap<(String, Vec<String>), ModuleId>,
}

#[derive(Default)]
pub(super) struct Module {
    krate: String,
    path: Vec<String>,
    pub(super) types: HashMap<String, Declared>,
    pub(super) aliases: HashMap<String, ItemType>,
    /// The paths that names are imported from.
    pub(super) imports: HashMap<String, Vec<String>>,
    /// The modules from which everything is imported.
    pub(super) globs: Vec<Vec<String>>,
}

/// A struct, an enum or a union.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Declared {
    /// The index of the model, if it derives `Contract`.
    pub(super) model: Option<usize>,
    /// Whether it derives `Deserialize`.
    pub(super) is_read: bool,
}

/// What a path leads to.
pub(super) enum Resolved<'s> {
    Type(Declared),
    Alias(ModuleId, &'s ItemType),
    /// Something of another crate, or that only the compiler finds: the path as far as it is known.
    External(Vec<String>),
}

/// How many imports may lead from one to the next. A cycle ends there.
const MAX_STEPS: usize = 16;

impl Modules {
    pub(super) fn insert(&mut self, krate: &str, path: &[String]) -> ModuleId {
        let key = (krate.to_owned(), path.to_vec());
        if let Some(known) = self.by_path.get(&key) {
            return *known;
        }
        let id = ModuleId(self.modules.len());
        self.modules.push(Module { krate: krate.to_owned(), path: path.to_vec(), ..Module::default() });
        self.by_path.insert(key, id);
        id
    }

    /// The module inside of another one, which is created if it does not exist.
    pub(super) fn child(&mut self, module: ModuleId, name: &str) -> ModuleId {
        let Module { krate, path, .. } = &self.modules[module.0];
        let (krate, mut path) = (krate.clone(), path.clone());
        path.push(name.to_owned());
        self.insert(&krate, &path)
    }

    pub(super) fn get_mut(&mut self, module: ModuleId) -> &mut Module {
        &mut self.modules[module.0]
    }

    /// Returns what a path leads to in a module.
    pub(super) fn resolve(&self, module: ModuleId, path: &[String]) -> Resolved<'_> {
        self.find(module, path, MAX_STEPS).unwrap_or_else(|| Resolved::External(path.to_vec()))
    }

    fn find(&self, module: ModuleId, path: &[String], steps: usize) -> Option<Resolved<'_>> {
        let steps = steps.checked_sub(1)?;
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => return self.find(self.at(module, Vec::new())?, rest, steps),
            "self" => return self.find(module, rest, steps),
            "super" => {
                let parent = self.modules[module.0].path.split_last()?.1.to_vec();
                return self.find(self.at(module, parent)?, rest, steps);
            }
            _ => {}
        }
        let found = &self.modules[module.0];
        if rest.is_empty() {
            if let Some(declared) = found.types.get(first) {
                return Some(Resolved::Type(*declared));
            }
            if let Some(alias) = found.aliases.get(first) {
                return Some(Resolved::Alias(module, alias));
            }
        }
        if let Some(import) = found.imports.get(first).filter(|import| import.as_slice() != path) {
            let whole: Vec<String> = import.iter().chain(rest).cloned().collect();
            return Some(self.find(module, &whole, steps).unwrap_or(Resolved::External(whole)));
        }
        let inner = found.path.iter().chain([first]).cloned().collect();
        if let Some(inner) = self.at(module, inner).filter(|_| !rest.is_empty()) {
            return self.find(inner, rest, steps);
        }
        let globs = found.globs.iter().filter_map(|glob| self.module(module, glob, steps));
        let mut globs = globs.filter(|glob| *glob != module);
        globs.find_map(|glob| match self.find(glob, path, steps) {
            Some(Resolved::External(_)) | None => None,
            found => found,
        })
    }

    /// The module that a path leads to.
    fn module(&self, module: ModuleId, path: &[String], steps: usize) -> Option<ModuleId> {
        let steps = steps.checked_sub(1)?;
        let Some((first, rest)) = path.split_first() else { return Some(module) };
        let found = &self.modules[module.0];
        let next = match first.as_str() {
            "crate" => self.at(module, Vec::new()),
            "self" => Some(module),
            "super" => self.at(module, found.path.split_last()?.1.to_vec()),
            _ => {
                let import = found.imports.get(first).filter(|import| import.first() != Some(first));
                let imported = import.and_then(|import| self.module(module, import, steps));
                imported.or_else(|| self.at(module, found.path.iter().chain([first]).cloned().collect()))
            }
        };
        self.module(next?, rest, steps)
    }

    /// The module at a path of the crate of another one.
    fn at(&self, module: ModuleId, path: Vec<String>) -> Option<ModuleId> {
        self.by_path.get(&(self.modules[module.0].krate.clone(), path)).copied()
    }
}
