//! The paths of a document, and which of them the path template of an endpoint is.

use std::borrow::Cow;
use std::collections::HashMap;

use super::reference::percent_decode;
use super::value::Value;

/// The path items of a document. Most path templates have the same shape as the document's path and are looked up
/// in a map: a search through all paths for each endpoint would cost more than parsing the document.
pub(crate) struct Paths {
    items: Vec<PathItem>,
    by_shape: HashMap<String, Vec<usize>>,
}

/// A path item, and the shapes of the full paths that reach it: its own path, alone and after the path of each
/// server.
pub(crate) struct PathItem {
    pub(crate) path: String,
    /// The index among the entries of `paths`.
    pub(crate) index: usize,
    shapes: Vec<Vec<String>>,
}

/// The operations of a [path item](https://spec.openapis.org/oas/v3.2.0#path-item-object), by their keys.
pub(crate) const VERBS: [&str; 9] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

impl Paths {
    pub(crate) fn of(root: &Value) -> Self {
        let shared = prefixes(root);
        let entries = root.get("paths").map_or(&[][..], Value::entries).iter().enumerate();
        let items: Vec<PathItem> = entries
            .filter(|(_, (path, _))| path.starts_with('/'))
            .map(|(index, (path, item))| {
                let operations = VERBS.into_iter().filter_map(|verb| item.get(verb));
                let own = std::iter::once(item).chain(operations).flat_map(prefixes);
                let mut prefixes: Vec<String> = own.chain(shared.iter().cloned()).collect();
                prefixes.push(String::new());
                prefixes.sort_unstable();
                prefixes.dedup();
                let shapes = prefixes.iter().map(|prefix| shape(&format!("{prefix}{path}"))).collect();
                PathItem { path: path.clone(), index, shapes }
            })
            .collect();
        let mut by_shape = HashMap::new();
        for (index, item) in items.iter().enumerate() {
            for shape in &item.shapes {
                by_shape.entry(shape.join("/")).or_insert_with(Vec::new).push(index);
            }
        }
        Self { items, by_shape }
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, PathItem> {
        self.items.iter()
    }

    /// The path items that match best: the same shape before one whose placeholder a literal segment fills. Several
    /// have one shape if the document names a placeholder differently for different verbs.
    pub(crate) fn find(&self, path: &str) -> Vec<&PathItem> {
        let wanted = shape(path);
        if let Some(indices) = self.by_shape.get(&wanted.join("/")) {
            return indices.iter().filter_map(|index| self.items.get(*index)).collect();
        }
        let mut best = (0, Vec::new());
        for item in &self.items {
            let Some(rank) = item.shapes.iter().filter_map(|shape| rank(&wanted, shape)).max() else { continue };
            if best.1.is_empty() || rank > best.0 {
                best = (rank, vec![item]);
            } else if rank == best.0 {
                best.1.push(item);
            }
        }
        best.1
    }

    /// The nearest path, if it is near enough to suggest.
    pub(crate) fn near(&self, path: &str) -> Option<&str> {
        let wanted = shape(path).join("/");
        let distance = |item: &PathItem| {
            let of = |shape: &Vec<String>| crate::suggest::distance(&wanted, &shape.join("/"));
            item.shapes.iter().map(of).min().unwrap_or(usize::MAX)
        };
        let nearest = self.items.iter().map(|item| (item, distance(item))).min_by_key(|(_, distance)| *distance);
        nearest.filter(|(_, distance)| *distance <= 2 + wanted.len() / 4).map(|(item, _)| item.path.as_str())
    }
}

/// The paths of the [`servers`](https://spec.openapis.org/oas/v3.2.0#server-object) of a document, a path or an
/// operation, with their variables and with the defaults of these.
fn prefixes(holder: &Value) -> Vec<String> {
    let mut prefixes = Vec::new();
    for server in holder.get("servers").map_or(&[][..], Value::items) {
        let Some(url) = server.get_str("url") else { continue };
        let mut filled = url.to_owned();
        for (name, variable) in server.get("variables").map_or(&[][..], Value::entries) {
            let default = variable.get("default").and_then(Value::scalar).unwrap_or_default();
            filled = filled.replace(&format!("{{{name}}}"), &default);
        }
        prefixes.extend([server_path(url), server_path(&filled)]);
    }
    prefixes
}

/// The path of a server's URL without its trailing slash.
fn server_path(url: &str) -> String {
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |slash| &rest[slash..]),
        None => url,
    };
    let path = path.trim_end_matches('/');
    if path.is_empty() || path.starts_with('/') { path.to_owned() } else { format!("/{path}") }
}

/// The segments of a path, each placeholder reduced to `{}`: its name does not matter. What documents add after `#` or
/// `?` only tells their operations apart.
fn shape(path: &str) -> Vec<String> {
    let end =
        path.find(['#', '?']).filter(|end| path[..*end].matches('{').count() == path[..*end].matches('}').count());
    path[..end.unwrap_or(path.len())].split('/').skip(1).map(|text| segment(&decoded(text))).collect()
}

/// A segment without the percent-encoding that does not matter. An encoded `/` is part of the segment, and an encoded
/// brace starts no placeholder.
fn decoded(segment: &str) -> Cow<'_, str> {
    if !segment.contains('%') {
        return Cow::Borrowed(segment);
    }
    let mut pieces = segment.split('%');
    let mut kept = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        match piece.split_at_checked(2) {
            // With its `%` encoded, it becomes what it was.
            Some((hex, rest)) if ["2F", "7B", "7D", "25"].contains(&&*hex.to_ascii_uppercase()) => {
                kept.extend(["%25", &hex.to_ascii_uppercase(), rest]);
            }
            _ => kept.extend(["%", piece]),
        }
    }
    Cow::Owned(percent_decode(&kept))
}

fn segment(text: &str) -> String {
    let mut shape = String::new();
    let mut depth = 0u32;
    for c in text.chars() {
        match c {
            '{' => {
                depth += 1;
                if depth == 1 {
                    shape.push_str("{}");
                }
            }
            '}' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            c => shape.push(c),
        }
    }
    shape
}

/// The paths that a template can produce: with and without each optional segment `{name?}`.
pub(crate) fn variants(template: &str) -> Vec<String> {
    let mut variants = vec![String::new()];
    for part in template.split('/').skip(1) {
        let is_optional = part.starts_with('{') && part.ends_with("?}");
        let without = if is_optional { variants.clone() } else { Vec::new() };
        for variant in &mut variants {
            variant.push('/');
            variant.push_str(part);
        }
        variants.extend(without);
    }
    for variant in &mut variants {
        if variant.is_empty() {
            variant.push('/');
        }
    }
    variants
}

/// The number of equal segments; `None` if one of them does not match.
fn rank(wanted: &[String], shape: &[String]) -> Option<usize> {
    if wanted.len() != shape.len() {
        return None;
    }
    wanted.iter().zip(shape).try_fold(0, |rank, (wanted, shape)| {
        if wanted == shape { Some(rank + 1) } else { fills(wanted, shape).then_some(rank) }
    })
}

/// Whether a segment matches a pattern, whose placeholders match at least one character each.
fn fills(segment: &str, pattern: &str) -> bool {
    let Some((before, after)) = pattern.split_once("{}") else { return segment == pattern };
    let Some(rest) = segment.strip_prefix(before) else { return false };
    if after.is_empty() {
        return !rest.is_empty();
    }
    rest.char_indices().skip(1).any(|(at, _)| fills(&rest[at..], after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(paths: &[&str], servers: &[&str], wanted: &str) -> Option<String> {
        let list = |key: &str, items: &[&str]| {
            Value::Array(items.iter().map(|item| Value::from([(key, Value::from(*item))])).collect())
        };
        let root = Value::from([
            ("servers", list("url", servers)),
            ("paths", Value::Object(paths.iter().map(|path| ((*path).to_owned(), Value::Null)).collect())),
        ]);
        Paths::of(&root).find(wanted).first().map(|item| item.path.clone())
    }

    #[test]
    fn matches_paths_by_shape_then_by_literals() {
        let paths = ["/a/{id}", "/a/exact", "/a/{x}.json", "/b/{t}/c", "/v{n}/z"];
        for (wanted, path) in [
            ("/a/{other}", Some("/a/{id}")),
            ("/a/exact", Some("/a/exact")),
            ("/a/literal", Some("/a/{id}")),
            ("/a/{f}.json", Some("/a/{x}.json")),
            ("/b/main/c", Some("/b/{t}/c")),
            ("/b/{**rest}/c", Some("/b/{t}/c")),
            ("/v1/z", Some("/v{n}/z")),
            ("/v/z", None),
            ("/a", None),
            ("/a/{id}/", None),
            ("/{a}/exact", None),
        ] {
            assert_eq!(found(&paths, &[], wanted).as_deref(), path, "{wanted}");
        }
        assert_eq!(found(&["/x"], &["https://h/api/v1/"], "/api/v1/x").as_deref(), Some("/x"));
        assert_eq!(found(&["/x"], &["/api"], "/x").as_deref(), Some("/x"));
        assert_eq!(found(&["/x"], &["https://h"], "/api/x"), None);
    }

    #[test]
    fn optional_segments_are_present_or_absent() {
        assert_eq!(variants("/a/{b?}/c"), ["/a/{b?}/c", "/a/c"]);
        assert_eq!(variants("/{a?}"), ["/{a?}", "/"]);
    }
}
