//! Paths of a document as path templates: placeholders are named like arguments, and the rest is encoded.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode_byte, utf8_percent_encode};

use super::naming::{Scope, identifier, snake_case};

/// A path template.
#[derive(Debug)]
pub(super) struct Template {
    pub(super) text: String,
    pub(super) placeholders: Vec<Placeholder>,
}

#[derive(Debug, PartialEq)]
pub(super) struct Placeholder {
    /// The name of the parameter in the document.
    pub(super) name: String,
    /// The name of the argument, raw if it is a keyword.
    pub(super) argument: String,
}

/// Translates a path; `Err` is why no template can be written for it.
pub(super) fn template(path: &str, scope: &mut Scope) -> Result<Template, String> {
    // A fragment is never sent. Documents use it to tell several operations with one path apart.
    let path = path.split('#').next().unwrap_or(path);
    let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
    if path.contains("//") {
        return Err(format!("the path `{path}` has an empty segment"));
    }
    let mut template = Template { text: String::new(), placeholders: Vec::new() };
    let mut rest = path;
    while let Some((literal, after)) = rest.split_once('{') {
        template.text.push_str(&encoded(literal));
        let (inside, after) =
            after.split_once('}').ok_or_else(|| format!("the path `{path}` has an unclosed brace"))?;
        template.placeholder(inside, scope);
        rest = after;
    }
    template.text.push_str(&encoded(rest));
    // A query with placeholders is what the query parameters are for.
    let constants = query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty() && !pair.contains('{'));
    let constants: Vec<String> = constants.map(encoded).collect();
    if !constants.is_empty() {
        template.text.push('?');
        template.text.push_str(&constants.join("&"));
    }
    Ok(template)
}

/// The names in the query of a path.
pub(super) fn query_names(path: &str) -> impl Iterator<Item = &str> {
    let path = path.split('#').next().unwrap_or(path);
    let query = path.split_once('?').map_or("", |(_, query)| query);
    let pairs = query.split('&').filter(|pair| !pair.is_empty() && !pair.contains('{'));
    pairs.map(|pair| pair.split('=').next().unwrap_or(pair))
}

/// A name or a value of a query.
pub(super) fn encoded_value(value: &str) -> String {
    const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    utf8_percent_encode(value, ENCODED).to_string()
}

impl Template {
    /// Adds pairs to the query.
    pub(super) fn add_query(&mut self, pairs: &[String]) {
        for pair in pairs {
            self.text.push(if self.text.contains('?') { '&' } else { '?' });
            self.text.push_str(pair);
        }
    }

    fn placeholder(&mut self, inside: &str, scope: &mut Scope) {
        let name = inside.split([':', '=']).next().unwrap_or(inside);
        // `{+path}` and `{path*}` may contain slashes.
        let is_rest = name.starts_with(['+', '*']) || name.ends_with(['+', '*']) || inside.contains(['*', '/']);
        let name = name.trim_matches(['+', '*', ' ', '.', '/', '?', ';']);
        let known = self.placeholders.iter().position(|placeholder| placeholder.name == name);
        let index = known.unwrap_or_else(|| {
            let argument = identifier(&scope.take(&[&snake_case(name)]));
            self.placeholders.push(Placeholder { name: name.to_owned(), argument });
            self.placeholders.len() - 1
        });
        self.text.push_str(if is_rest { "{**" } else { "{" });
        self.text.push_str(self.placeholders[index].argument.trim_start_matches("r#"));
        self.text.push('}');
    }
}

/// Encodes what cannot be in a path ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-3.3)).
fn encoded(literal: &str) -> String {
    let mut encoded = String::with_capacity(literal.len());
    for (index, c) in literal.char_indices() {
        let is_escape = c == '%'
            && literal.get(index + 1..index + 3).is_some_and(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
        if c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@/".contains(c) || is_escape {
            encoded.push(c);
        } else {
            let mut buffer = [0; 4];
            encoded.extend(c.encode_utf8(&mut buffer).bytes().map(percent_encode_byte));
        }
    }
    encoded
}

/// A path without the base before it, whose placeholders may have any name.
pub(super) fn without_base<'p>(path: &'p str, base: &str) -> Option<&'p str> {
    let is_placeholder = |segment: &str| segment.starts_with('{') && segment.ends_with('}');
    let mut rest = path;
    for segment in base.split('/').skip(1) {
        let after = rest.strip_prefix('/')?;
        let end = after.find('/')?;
        let found = &after[..end];
        if found != segment && !(is_placeholder(found) && is_placeholder(segment)) {
            return None;
        }
        rest = &after[end..];
    }
    Some(rest)
}

/// The base that a trait has: what the paths of its operations have in common, as far as it is not about one resource.
/// `all` are the paths of the document.
pub(super) fn common_base(own: &[&str], all: &[&str]) -> String {
    let Some((first, rest)) = own.split_first() else { return String::new() };
    let segments: Vec<&str> = first.split('/').skip(1).collect();
    let starts = |path: &str, count: usize| {
        let mut found = path.split('/').skip(1);
        segments[..count].iter().all(|segment| found.next() == Some(*segment)) && found.next().is_some()
    };
    let longest =
        (0..segments.len()).rev().find(|count| starts(first, *count) && rest.iter().all(|path| starts(path, *count)));
    let is_shared = |count: usize| {
        let last = segments[count - 1];
        let is_version = last.len() > 1 && last.starts_with('v') && last[1..].starts_with(|c: char| c.is_ascii_digit());
        is_version || last == "api" || all.iter().filter(|path| starts(path, count)).count() * 2 > all.len()
    };
    let is_named = |count: usize| segments[..count].iter().any(|segment| !segment.starts_with('{'));
    let mut counts = (1..=longest.unwrap_or_default()).rev();
    let count = counts.find(|count| is_shared(*count) && is_named(*count)).unwrap_or_default();
    segments[..count].iter().flat_map(|segment| ["/", segment]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_named_like_arguments() {
        for (path, expected, names) in [
            ("/flows/{flowId}", "/flows/{flow_id}", vec![("flowId", "flow_id")]),
            ("/x/{type}", "/x/{type}", vec![("type", "r#type")]),
            ("/files/{+path}", "/files/{**path}", vec![("path", "path")]),
            ("/a/{id}/b/{id}", "/a/{id}/b/{id}", vec![("id", "id")]),
            ("/a/{x-id}.{ext}#get", "/a/{x_id}.{ext}", vec![("x-id", "x_id"), ("ext", "ext")]),
            ("/a b?kind=flow&q={q}", "/a%20b?kind=flow", vec![]),
        ] {
            let template = template(path, &mut Scope::default()).unwrap();
            let found: Vec<_> = template.placeholders.iter().map(|found| (&*found.name, &*found.argument)).collect();
            assert_eq!((template.text.as_str(), found), (expected, names), "{path}");
        }
        assert!(template("/a//b", &mut Scope::default()).is_err() && template("/{a", &mut Scope::default()).is_err());
    }

    #[test]
    fn a_base_is_taken_out_whatever_its_placeholders_are_called() {
        assert_eq!(without_base("/api/{tenantId}/flows", "/api/{tenant}"), Some("/flows"));
        assert_eq!(without_base("/api/main/flows", "/api/{tenant}"), None);
        assert_eq!(without_base("/api/{tenant}", "/api/{tenant}"), None);
        assert_eq!(without_base("/flows", ""), Some("/flows"));
    }

    #[test]
    fn the_base_is_what_tags_share() {
        let own = ["/api/v1/{tenant}/flows", "/api/v1/{tenant}/flows/{id}"];
        let all = ["/api/v1/{tenant}/flows", "/api/v1/{tenant}/flows/{id}", "/api/v1/{tenant}/runs", "/api/v1/a", "/"];
        assert_eq!(common_base(&own, &all), "/api/v1/{tenant}");
        assert_eq!(common_base(&own, &["/api/v1/a", "/api/v1/b"]), "/api/v1");
        assert_eq!(common_base(&["/pets", "/pets/{id}"], &["/pets", "/pets/{id}", "/a", "/b"]), "");
        assert_eq!(common_base(&["/api/v1"], &["/api/v1"]), "/api");
        assert_eq!(common_base(&["/"], &["/"]), "");
    }
}
