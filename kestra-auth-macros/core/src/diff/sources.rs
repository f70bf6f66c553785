//! The Rust files that a command reads: their modules, and what these declare and import.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, DeriveInput, Item, ItemTrait, ItemType, Meta, UseTree};

use super::modules::{Module, ModuleId, Modules};

/// Files and what they declare.
pub(super) struct Sources {
    pub(super) files: Vec<RustFile>,
    pub(super) modules: Modules,
    /// The traits with `#[api]`.
    pub(super) traits: Vec<ApiTrait>,
    /// The types that derive `Contract`.
    pub(super) models: Vec<ModelItem>,
}

pub(super) struct RustFile {
    /// The path as messages show it.
    pub(super) name: String,
    /// The directory of its `Cargo.toml`.
    pub(super) manifest: Option<PathBuf>,
}

pub(super) struct ApiTrait {
    pub(super) item: ItemTrait,
    /// The arguments of `#[api]`.
    pub(super) arguments: TokenStream,
    pub(super) module: ModuleId,
    pub(super) file: usize,
}

pub(super) struct ModelItem {
    pub(super) input: DeriveInput,
    pub(super) module: ModuleId,
    pub(super) file: usize,
}

impl Sources {
    /// Reads a text that is all there is.
    pub(super) fn of_text(text: &str, name: &str) -> Result<Self, String> {
        let mut sources = Self::empty();
        sources.read(text, name, None, ("", &[]))?;
        Ok(sources)
    }

    /// Reads files, and the files inside of directories.
    pub(super) fn of_paths(paths: &[PathBuf]) -> Result<Self, String> {
        let mut sources = Self::empty();
        for path in paths {
            let mut files = Vec::new();
            collect(path, &mut files).map_err(|error| format!("cannot read `{}`: {error}", path.display()))?;
            for file in files {
                let name = file.display().to_string();
                let text = fs::read_to_string(&file).map_err(|error| format!("cannot read `{name}`: {error}"))?;
                let absolute = std::path::absolute(&file).unwrap_or(file);
                let manifest = absolute.ancestors().skip(1).find(|directory| directory.join("Cargo.toml").is_file());
                let root = if path.is_dir() { std::path::absolute(path).ok() } else { None };
                let (krate, module) = module_path(&absolute, manifest, root.as_deref());
                sources.read(&text, &name, manifest, (&krate, &module))?;
            }
        }
        Ok(sources)
    }

    fn empty() -> Self {
        Self { files: Vec::new(), modules: Modules::default(), traits: Vec::new(), models: Vec::new() }
    }

    fn read(
        &mut self,
        text: &str,
        name: &str,
        manifest: Option<&Path>,
        (krate, module): (&str, &[String]),
    ) -> Result<(), String> {
        let parsed = syn::parse_file(text).map_err(|error| {
            let start = error.span().start();
            format!("`{name}` is not valid Rust: {error}\nnote: {name}:{}:{}", start.line, start.column + 1)
        })?;
        let file = self.files.len();
        self.files.push(RustFile { name: name.to_owned(), manifest: manifest.map(Path::to_owned) });
        let module = self.modules.insert(krate, module);
        self.add_items(parsed.items, module, file);
        Ok(())
    }

    fn add_items(&mut self, items: Vec<Item>, module: ModuleId, file: usize) {
        for item in items {
            match item {
                Item::Mod(item) => {
                    if let Some((_, items)) = item.content {
                        let inner = self.modules.child(module, &item.ident.to_string());
                        self.add_items(items, inner, file);
                    }
                }
                Item::Use(item) => add_use(&item.tree, Vec::new(), self.modules.get_mut(module)),
                Item::Type(item) => self.add_alias(item, module),
                Item::Struct(item) => self.add_type(item.into(), module, file),
                Item::Enum(item) => self.add_type(item.into(), module, file),
                Item::Union(item) => self.add_type(item.into(), module, file),
                Item::Trait(item) => self.add_trait(item, module, file),
                _ => {}
            }
        }
    }

    fn add_alias(&mut self, item: ItemType, module: ModuleId) {
        self.modules.get_mut(module).aliases.insert(item.ident.to_string(), item);
    }

    fn add_type(&mut self, mut input: DeriveInput, module: ModuleId, file: usize) {
        input.attrs = without_cfg_attr(&input.attrs);
        let derives = derives(&input.attrs);
        let is_model = derives.iter().any(|name| name == "Contract");
        let model = is_model.then_some(self.models.len());
        let is_read = derives.iter().any(|name| name == "Deserialize");
        self.modules.get_mut(module).types.insert(input.ident.to_string(), super::modules::Declared { model, is_read });
        if is_model {
            self.models.push(ModelItem { input, module, file });
        }
    }

    fn add_trait(&mut self, mut item: ItemTrait, module: ModuleId, file: usize) {
        item.attrs = without_cfg_attr(&item.attrs);
        let is_api =
            |attribute: &Attribute| attribute.path().segments.last().is_some_and(|segment| segment.ident == "api");
        let (own, others): (Vec<Attribute>, Vec<Attribute>) = item.attrs.into_iter().partition(is_api);
        item.attrs = others;
        let arguments = own.into_iter().map(|attribute| match attribute.meta {
            Meta::List(list) => list.tokens,
            Meta::Path(_) | Meta::NameValue(_) => TokenStream::new(),
        });
        // Of several, each under its own condition, the one with a document is for the comparison.
        let names_document = |arguments: &TokenStream| {
            arguments.clone().into_iter().any(|tree| matches!(tree, TokenTree::Ident(word) if word == "openapi"))
        };
        let Some(arguments) = arguments.max_by_key(names_document) else { return };
        self.traits.push(ApiTrait { item, arguments, module, file });
    }
}

/// Collects the Rust files at a path, in the order of their names: no hidden ones, nothing that Cargo has built, and
/// nothing twice because of a link.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if !fs::metadata(path)?.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    let entries: Result<Vec<_>, _> = fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.path())).collect();
    let mut entries = entries?;
    entries.sort();
    for entry in entries {
        let is_rust = entry.is_file() && entry.extension().is_some_and(|extension| extension == "rs");
        let is_hidden = entry.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        let is_searched = entry.is_dir() && !entry.is_symlink() && !is_hidden && !entry.join("CACHEDIR.TAG").exists();
        if is_rust || is_searched {
            collect(&entry, files)?;
        }
    }
    Ok(())
}

/// The crate and the module of a file, by where Cargo looks for it
/// ([package layout](https://doc.rust-lang.org/cargo/guide/project-layout.html)).
fn module_path(file: &Path, manifest: Option<&Path>, given: Option<&Path>) -> (String, Vec<String>) {
    let source = manifest.map(|manifest| manifest.join("src")).filter(|source| file.starts_with(source));
    let Some(root) = source.as_deref().or(given.filter(|_| manifest.is_none())) else {
        return (file.display().to_string(), Vec::new());
    };
    let relative = file.strip_prefix(root).unwrap_or(file).with_extension("");
    let mut steps: Vec<String> = relative.iter().map(|step| step.to_string_lossy().into_owned()).collect();
    let mut krate = root.display().to_string();
    // Each file or directory in `bin` is a crate of its own.
    if steps.first().is_some_and(|step| step == "bin") && steps.len() > 1 {
        krate.extend(["/bin/", &steps[1]]);
        steps.drain(..2);
    }
    let is_root = steps.len() == 1 && ["lib", "main"].contains(&&*steps[0]);
    if is_root || steps.last().is_some_and(|step| step == "mod") {
        steps.pop();
    }
    (krate, steps)
}

fn add_use(tree: &UseTree, mut path: Vec<String>, module: &mut Module) {
    match tree {
        UseTree::Path(tree) => {
            path.push(tree.ident.to_string());
            add_use(&tree.tree, path, module);
        }
        UseTree::Name(tree) if tree.ident == "self" => {
            module.imports.extend(path.last().cloned().map(|name| (name, path)));
        }
        UseTree::Name(tree) => {
            path.push(tree.ident.to_string());
            module.imports.insert(tree.ident.to_string(), path);
        }
        UseTree::Rename(tree) => {
            path.push(tree.ident.to_string());
            module.imports.insert(tree.rename.to_string(), path);
        }
        UseTree::Glob(_) => module.globs.push(path),
        UseTree::Group(group) => group.items.iter().for_each(|tree| add_use(tree, path.clone(), module)),
    }
}

/// The attributes, with those inside of `cfg_attr` as if each condition held.
fn without_cfg_attr(attributes: &[Attribute]) -> Vec<Attribute> {
    let mut all = Vec::new();
    for attribute in attributes {
        let inner = |list: &syn::MetaList| {
            let parser = syn::punctuated::Punctuated::<Meta, syn::Token![,]>::parse_terminated;
            list.parse_args_with(parser).unwrap_or_default()
        };
        match &attribute.meta {
            Meta::List(list) if list.path.is_ident("cfg_attr") => {
                let applied = inner(list).into_iter().skip(1).map(|meta| Attribute { meta, ..attribute.clone() });
                all.extend(without_cfg_attr(&applied.collect::<Vec<_>>()));
            }
            _ => all.push(attribute.clone()),
        }
    }
    all
}

/// The names of the traits that a type derives.
fn derives(attributes: &[Attribute]) -> Vec<String> {
    let mut names = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
        // What cannot be parsed derives nothing.
        let _ = attribute.parse_nested_meta(|meta| {
            names.extend(meta.path.segments.last().map(|segment| segment.ident.to_string()));
            Ok(())
        });
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_the_modules_that_cargo_takes_them_for() {
        let manifest = Path::new("/srv/app");
        for (file, krate, module) in [
            ("/srv/app/src/lib.rs", "/srv/app/src", &[][..]),
            ("/srv/app/src/main.rs", "/srv/app/src", &[]),
            ("/srv/app/src/api/flows.rs", "/srv/app/src", &["api", "flows"]),
            ("/srv/app/src/api/mod.rs", "/srv/app/src", &["api"]),
            ("/srv/app/src/bin/tool.rs", "/srv/app/src/bin/tool", &[]),
            ("/srv/app/src/bin/tool/main.rs", "/srv/app/src/bin/tool", &[]),
            ("/srv/app/src/bin/tool/api.rs", "/srv/app/src/bin/tool", &["api"]),
            ("/srv/app/tests/api.rs", "/srv/app/tests/api.rs", &[]),
        ] {
            let found = module_path(Path::new(file), Some(manifest), None);
            assert_eq!(found, (krate.to_owned(), module.iter().map(|step| (*step).to_owned()).collect()), "{file}");
        }
        let found = module_path(Path::new("/srv/some/a.rs"), None, Some(Path::new("/srv/some")));
        assert_eq!(found, ("/srv/some".to_owned(), vec!["a".to_owned()]));
    }
}
