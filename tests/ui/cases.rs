//! The cases in the folders beside this file.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::expected::{self, Expected};

pub(crate) struct Case {
    /// The path from the folder `tests`, without its extension.
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    /// The number of errors that the case has.
    pub(crate) errors: usize,
    /// The lines that are marked with `//~`.
    pub(crate) marked: BTreeSet<usize>,
}

impl Case {
    fn new(path: PathBuf) -> Self {
        let name = path.strip_prefix(root()).unwrap().with_extension("").display().to_string();
        let source = fs::read_to_string(&path).unwrap();
        let rule = source.lines().next().unwrap_or_default();
        assert!(rule.starts_with("// "), "{name} does not start with a comment that states its rule");
        let errors = rule.strip_suffix(" errors").and_then(|rule| rule.rsplit(' ').next()?.parse().ok()).unwrap_or(1);
        let lines = source.lines().zip(1..);
        let marked = lines.filter(|(line, _)| line.ends_with("//~")).map(|(_, number)| number).collect();
        Self { name, path, errors, marked }
    }

    /// The name of the program that the case is compiled as.
    pub(crate) fn program(&self) -> String {
        self.name.replace(['/', '\\'], "_")
    }

    /// The errors in the `.stderr` file beside the case.
    pub(crate) fn expected(&self) -> Vec<Expected> {
        let text = fs::read_to_string(self.path.with_extension("stderr"));
        let text = text.unwrap_or_else(|_| panic!("{} has no `.stderr` file", self.name));
        expected::parse(&text)
    }
}

pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn passing() -> Vec<Case> {
    let cases = in_folder(&root().join("ui/pass"));
    assert!(cases.len() >= 15, "only {} passing cases were found", cases.len());
    cases
}

pub(crate) fn failing() -> Vec<Case> {
    let mut cases = in_folder(&root().join("ui/contract"));
    for category in fs::read_dir(root().join("ui/fail")).unwrap() {
        cases.extend(in_folder(&category.unwrap().path()));
    }
    assert!(cases.len() >= 250, "only {} failing cases were found", cases.len());
    cases
}

fn in_folder(folder: &Path) -> Vec<Case> {
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut paths: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|is| is == "rs")).collect();
    paths.sort();
    paths.into_iter().map(Case::new).collect()
}
