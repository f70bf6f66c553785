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
        let end = after_target.find(unquoted(',')).unwrap_or(after_target.len());
        let (own_parameters, next) = after_target.split_at(end);
        rest = next;
        let relations = parameters(own_parameters).find(|(name, _)| name.eq_ignore_ascii_case("rel"));
        Some(LinkValue { target, relations: relations.map_or("", |(_, value)| value) })
    })
}

fn parameters(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let parts = text.split(unquoted(';')).filter_map(|part| part.split_once('='));
    parts.map(|(name, value)| (name.trim(), value.trim().trim_matches('"')))
}

/// Returns a pattern that matches a separator, but not inside of a quoted string, where a backslash escapes the next
/// character ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.4)).
fn unquoted(separator: char) -> impl FnMut(char) -> bool {
    let (mut is_quoted, mut is_escaped) = (false, false);
    move |c| {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            _ => return c == separator && !is_quoted,
        }
        false
    }
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
    fn escaped_quotes_do_not_end_a_quoted_string() {
        let header = r#"</a>; title="\"; rel=last, \\"; rel=prev, </b>; title="\""; rel=next"#;
        let found: Vec<_> = links(header).map(|link| (link.target, link.relations)).collect();
        assert_eq!(found, [("/a", "prev"), ("/b", "next")]);
    }

    #[test]
    fn skips_malformed_links() {
        for header in ["", "<", "<a", "a; rel=next", ">; rel=next"] {
            assert_eq!(links(header).next(), None, "{header}");
        }
        assert!(!links("<a>").next().unwrap().has_relation(""));
    }
}
