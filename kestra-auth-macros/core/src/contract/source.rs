//! Documents as they are kept between expansions. A proc macro lives as long as the compiler that runs it, so that each
//! document is read once per compilation, however many traits and models refer to it. An editor's server lives longer:
//! of each document, only the newest version is kept.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::SystemTime;

use super::memo::Memo;
use super::paths::Paths;
use super::reader;
use super::reference;
use super::session;
use super::value::Value;
use super::version::Version;

/// A document with the files that it refers to.
pub(crate) struct Source {
    pub(super) version: Version,
    /// The document itself is the first one.
    pub(super) files: Vec<SourceFile>,
    pub(super) paths: Paths,
    pub(super) memo: Memo,
    /// The indices of the entries of `components.schemas`, by the addresses of their values.
    pub(super) schema_names: OnceLock<HashMap<usize, usize>>,
    /// The indices of the files that references name, by the file of the reference and its text.
    links: HashMap<(usize, String), usize>,
}

pub(super) struct SourceFile {
    /// The path as the user wrote it, or relative to that.
    pub(super) name: String,
    pub(super) path: PathBuf,
    pub(super) root: Value,
    stamp: Stamp,
}

/// Length and time of modification: a document that changes is read again.
type Stamp = (u64, Option<SystemTime>);

struct Cached {
    path: PathBuf,
    name: String,
    stamp: Stamp,
    source: Result<Arc<Source>, String>,
}

/// The newest version of each document, the last used at the end.
static CACHE: Mutex<Vec<Cached>> = Mutex::new(Vec::new());

/// More documents than one crate has; only an editor's server opens those of many.
const MAX_CACHED: usize = 8;

impl Source {
    /// Returns the document at a path under the name that the user gave it.
    pub(super) fn load(path: &Path, name: &str) -> Result<Arc<Self>, String> {
        let Some(stamp) = stamp(path) else {
            return Err(format!(
                "cannot find the document `{name}`\n\
                 help: write a path that is relative to the directory of the crate's `Cargo.toml`"
            ));
        };
        // A panic while the lock was held leaves the list as it was.
        let mut cache = CACHE.lock().unwrap_or_else(PoisonError::into_inner);
        let found = cache.iter().position(|cached| cached.path == path && cached.name == name);
        let cached = found.map(|index| cache.remove(index)).filter(|cached| cached.is_current(stamp));
        let cached = cached.unwrap_or_else(|| {
            let source = Self::read(path, name, stamp).map(Arc::new);
            Cached { path: path.to_owned(), name: name.to_owned(), stamp, source }
        });
        let source = cached.source.clone();
        if cache.len() == MAX_CACHED {
            cache.remove(0);
        }
        cache.push(cached);
        source
    }

    /// Reads a document that is not in a file. References are relative to the current directory.
    pub(super) fn of_bytes(bytes: &[u8], name: &str) -> Result<Arc<Self>, String> {
        Self::of_value(reader::read(bytes, name)?, Path::new(name), name, (0, None)).map(Arc::new)
    }

    fn read(path: &Path, name: &str, stamp: Stamp) -> Result<Self, String> {
        Self::of_value(read_file(path, name)?, path, name, stamp)
    }

    fn of_value(mut root: Value, path: &Path, name: &str, stamp: Stamp) -> Result<Self, String> {
        let version = Version::of(&root, name)?;
        version.translate(&mut root);
        let paths = Paths::of(&root);
        let file = SourceFile { name: name.to_owned(), path: path.to_owned(), root, stamp };
        let mut source = Self {
            version,
            files: vec![file],
            paths,
            schema_names: OnceLock::new(),
            memo: Memo::default(),
            links: HashMap::new(),
        };
        source.read_references();
        Ok(source)
    }

    /// Reads the files that references lead to. One that cannot be read is an error only where it is needed.
    fn read_references(&mut self) {
        let mut known = HashMap::new();
        known.extend(fs::canonicalize(&self.files[0].path).map(|path| (path, Some(0))));
        let mut index = 0;
        while let Some(file) = self.files.get(index) {
            let names: Vec<String> = reference::to_files(&file.root).into_iter().map(str::to_owned).collect();
            for name in names {
                let target = self.read_reference(index, &name, &mut known);
                self.links.extend(target.map(|target| ((index, name), target)));
            }
            index += 1;
        }
    }

    /// Returns the index of the file that a reference names. Each file is read once, also if that fails.
    fn read_reference(
        &mut self,
        from: usize,
        reference: &str,
        known: &mut HashMap<PathBuf, Option<usize>>,
    ) -> Option<usize> {
        let relative = reference::percent_decode(reference);
        let path = self.files[from].path.parent()?.join(&relative);
        let canonical = fs::canonicalize(&path).ok()?;
        if let Some(index) = known.get(&canonical) {
            return *index;
        }
        let name = Path::new(&self.files[from].name).parent()?.join(&relative).to_string_lossy().into_owned();
        let file = stamp(&path).and_then(|stamp| {
            let root = read_file(&path, &name).ok()?;
            Some(SourceFile { name, path, root, stamp })
        });
        let index = file.is_some().then_some(self.files.len());
        self.files.extend(file);
        known.insert(canonical, index);
        index
    }

    /// The index of the file that a reference names.
    pub(super) fn linked(&self, from: usize, file: &str) -> Option<usize> {
        if file.is_empty() { Some(from) } else { self.links.get(&(from, file.to_owned())).copied() }
    }
}

impl Cached {
    /// Whether no file has changed. A compiler reads each file once, so that all of its expansions agree.
    fn is_current(&self, found: Stamp) -> bool {
        if session::is_compiler() {
            return true;
        }
        let files = self.source.as_ref().map_or(&[][..], |source| &source.files[1..]);
        self.stamp == found && files.iter().all(|file| stamp(&file.path) == Some(file.stamp))
    }
}

fn stamp(path: &Path) -> Option<Stamp> {
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.len(), metadata.modified().ok()))
}

fn read_file(path: &Path, name: &str) -> Result<Value, String> {
    let bytes = fs::read(path).map_err(|error| {
        format!("cannot read the document `{name}`: {error}\nhelp: write the path of a YAML or JSON file in UTF-8")
    })?;
    reader::read(&bytes, name)
}
