//! Which path of the document a path of the trait is.

use std::collections::HashMap;

use super::value::Node;

/// The path items of a document. Most paths of a trait are of the same shape as the document's, and are found at
/// once: a search through all of them for each method would cost more than reading the document.
pub(crate) struct Places {
    list: Vec<Place>,
    by_shape: HashMap<String, Vec<usize>>,
}

/// A path item and the full paths that it answers to: its own, and behind the path of each server.
pub(crate) struct Place {
    pub(crate) path: String,
    /// Its number among the entries of `paths`.
    pub(crate) index: usize,
    shapes: Vec<Vec<String>>,
}

/// The verbs of a path item.
pub(crate) const VERBS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

impl Places {
    pub(crate) fn of(root: &Node) -> Self {
        let servers = root.get("servers").map_or(&[][..], Node::items);
        let paths = servers.iter().filter_map(|server| Some(server_path(server.text_of("url")?)));
        let prefixes: Vec<String> = paths.filter(|prefix| !prefix.is_empty()).collect();
        let entries = root.get("paths").map_or(&[][..], Node::entries).iter().enumerate();
        let list: Vec<Place> = entries
            .filter(|(_, (path, _))| path.starts_with('/'))
            .map(|(index, (path, _))| {
                let behind = prefixes.iter().map(|prefix| shape(&format!("{prefix}{path}")));
                Place { path: path.clone(), index, shapes: std::iter::once(shape(path)).chain(behind).collect() }
            })
            .collect();
        let mut by_shape = HashMap::new();
        for (index, place) in list.iter().enumerate() {
            for shape in &place.shapes {
                by_shape.entry(shape.join("/")).or_insert_with(Vec::new).push(index);
            }
        }
        Self { list, by_shape }
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Place> {
        self.list.iter()
    }

    /// The places that fit best: an exact one before one whose placeholder a literal fills. Several are of one
    /// shape where a document calls a placeholder differently for different verbs.
    pub(crate) fn find(&self, path: &str) -> Vec<&Place> {
        let wanted = shape(path);
        if let Some(indices) = self.by_shape.get(&wanted.join("/")) {
            return indices.iter().filter_map(|index| self.list.get(*index)).collect();
        }
        let mut best = (0, Vec::new());
        for place in &self.list {
            let Some(rank) = place.shapes.iter().filter_map(|shape| rank(&wanted, shape)).max() else { continue };
            if best.1.is_empty() || rank > best.0 {
                best = (rank, vec![place]);
            } else if rank == best.0 {
                best.1.push(place);
            }
        }
        best.1
    }

    /// The path that was probably meant.
    pub(crate) fn near(&self, path: &str) -> Option<&str> {
        let wanted = shape(path).join("/");
        let distance = |place: &Place| {
            let of = |shape: &Vec<String>| crate::words::distance(&wanted, &shape.join("/"));
            place.shapes.iter().map(of).min().unwrap_or(usize::MAX)
        };
        let nearest = self.list.iter().map(|place| (place, distance(place))).min_by_key(|(_, distance)| *distance);
        nearest.filter(|(_, distance)| *distance <= 2 + wanted.len() / 4).map(|(place, _)| place.path.as_str())
    }
}

/// The path of a server's URL, without a trailing slash.
fn server_path(url: &str) -> String {
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |slash| &rest[slash..]),
        None => url,
    };
    let path = path.trim_end_matches('/');
    if path.is_empty() || path.starts_with('/') { path.to_owned() } else { format!("/{path}") }
}

/// Segments, with `{}` for what is in braces.
fn shape(path: &str) -> Vec<String> {
    path.split('/').skip(1).map(segment).collect()
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

/// The paths that a template can come out as: `{name?}` is there or not.
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

/// How many segments are the same; `None` if one of them cannot be.
fn rank(wanted: &[String], shape: &[String]) -> Option<usize> {
    if wanted.len() != shape.len() {
        return None;
    }
    wanted.iter().zip(shape).try_fold(0, |rank, (wanted, shape)| {
        if wanted == shape { Some(rank + 1) } else { fills(wanted, shape).then_some(rank) }
    })
}

/// Whether a segment is one of those that a pattern stands for.
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
            items.iter().map(|item| Node::Map(vec![(key.into(), Node::Text((*item).into()))])).collect()
        };
        let root = Node::Map(vec![
            ("servers".into(), Node::List(list("url", servers))),
            ("paths".into(), Node::Map(paths.iter().map(|path| ((*path).to_owned(), Node::Null)).collect())),
        ]);
        Places::of(&root).find(wanted).first().map(|place| place.path.clone())
    }

    #[test]
    fn matches() {
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
    fn optional_segments() {
        assert_eq!(variants("/a/{b?}/c"), ["/a/{b?}/c", "/a/c"]);
        assert_eq!(variants("/{a?}"), ["/{a?}", "/"]);
    }
}
