//! The values of a `Link` header ([RFC 8288](https://www.rfc-editor.org/rfc/rfc8288#section-3)).

/// A link with its relation types, `<target>; rel="next last"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LinkValue<'a> {
    pub(super) target: &'a str,
    /// Separated by spaces.
    relations: &'a str,
}

impl LinkValue<'_> {
    /// Returns whether this is a link with the given relation type. Relation types are not case-sensitive.
    pub(super) fn has_relation(&self, relation: &str) -> bool {
        self.relations.split_ascii_whitespace().any(|found| found.eq_ignore_ascii_case(relation))
    }
}

/// Returns the links of a header value. Malformed ones are skipped.
pub(super) fn links(header: &str) -> impl Iterator<Item = LinkValue<'_>> {
    let mut rest = header;
    std::iter::from_fn(move || {
        // The target is in angle brackets, so commas and semicolons in it do not end anything.
        let (_, from_target) = rest.split_once('<')?;
        let (target, after_target) = from_target.split_once('>')?;
        let (own_parameters, next) = after_target.split_at(end_of_parameters(after_target));
        rest = next;
        let relations = parameters(own_parameters).find(|(name, _)| name.eq_ignore_ascii_case("rel"));
        Some(LinkValue { target, relations: relations.map_or("", |(_, value)| value) })
    })
}

/// Returns the position of the comma before the next link. Commas in quotes are part of a parameter.
fn end_of_parameters(text: &str) -> usize {
    let mut quoted = false;
    let end = text.find(|c| {
        quoted ^= c == '"';
        c == ',' && !quoted
    });
    end.unwrap_or(text.len())
}

fn parameters(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut quoted = false;
    let parts = text.split(move |c| {
        quoted ^= c == '"';
        c == ';' && !quoted
    });
    parts.filter_map(|part| part.split_once('=')).map(|(name, value)| (name.trim(), value.trim().trim_matches('"')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separates_links_outside_of_quotes_and_targets() {
        let header = "<https://h/a?x=1,2;3>; rel=\"prev\"; title=\"a, b; rel=next\", </b>; REL=next";
        let found: Vec<_> = links(header).map(|link| (link.target, link.relations)).collect();
        assert_eq!(found, [("https://h/a?x=1,2;3", "prev"), ("/b", "next")]);
    }

    #[test]
    fn skips_malformed_links() {
        for header in ["", "<", "<a", "a; rel=next", ">; rel=next"] {
            assert_eq!(links(header).next(), None, "{header}");
        }
        assert!(!links("<a>").next().unwrap().has_relation(""));
    }
}
