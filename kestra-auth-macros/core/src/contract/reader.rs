//! Reads the text of a document: YAML or JSON, with what editors and generators leave in it.

use std::borrow::Cow;

use super::value::Value;

/// Reads a document. The error says what the parser found.
pub(super) fn read(bytes: &[u8], name: &str) -> Result<Value, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        format!("cannot read the document `{name}`: {error}\nhelp: write the path of a YAML or JSON file in UTF-8")
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let invalid = |format: &str, error: &dyn std::fmt::Display| {
        format!("invalid {format} in the document `{name}`: {error}\nhelp: correct the document")
    };
    if !text.trim_start().starts_with('{') {
        return yaml(text).map_err(|error| invalid("YAML", &error));
    }
    // YAML contains JSON, and allows more: a tab inside a string, a comma after the last item.
    serde_json::from_str(text).or_else(|error| yaml(text).map_err(|_| invalid("JSON", &error)))
}

fn yaml(text: &str) -> Result<Value, serde_norway::Error> {
    serde_norway::from_str(text).or_else(|error| match without_leading_tabs(text) {
        Cow::Owned(text) => serde_norway::from_str(&text).map_err(|_| error),
        Cow::Borrowed(_) => Err(error),
    })
}

/// Replaces the tabs before the first character of each line with spaces. YAML allows none there, but a line may be
/// blank or a comment, or every level of a document may be indented with tabs.
fn without_leading_tabs(text: &str) -> Cow<'_, str> {
    let is_indentation = |c: char| c == ' ' || c == '\t';
    let has_tab = |line: &str| line.trim_start_matches(' ').starts_with('\t');
    if !text.lines().any(has_tab) {
        return Cow::Borrowed(text);
    }
    let mut replaced = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let rest = line.trim_start_matches(is_indentation);
        if !rest.trim().is_empty() {
            replaced.push_str(&line[..line.len() - rest.len()].replace('\t', "  "));
        }
        replaced.push_str(rest);
    }
    Cow::Owned(replaced)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Value {
        read(text.as_bytes(), "api.yaml").unwrap_or_else(|error| panic!("{error}: {text:?}"))
    }

    #[test]
    fn numbers_of_any_size_are_numbers() {
        for number in ["-9223372036854776000", "18446744073709551616", "1e400", "-1.7976931348623157e+308", "0"] {
            let yaml = read_text(&format!("a: {number}"));
            assert!(yaml.get_number("a").is_some() || number == "1e400", "{number}: {yaml:?}");
            let json = read_text(&format!("{{\"a\": {number}}}"));
            assert!(json.get_number("a").is_some() || number == "1e400", "{number}: {json:?}");
        }
    }

    #[test]
    fn a_byte_order_mark_and_tabs_are_not_part_of_the_document() {
        let expected = read_text("a:\n  b: c\n");
        for text in [
            "\u{feff}a:\n  b: c\n",
            "\u{feff}{\"a\": {\"b\": \"c\"}}",
            "a:\n\t\n  b: c\n",
            "a:\n\t# comment\n  b: c\n",
            "a:\t\n  b:\tc\n",
            "a:\n  b: c\t\n",
            "a:\n\tb: c\n",
            "{\n\t\"a\": {\n\t\t\"b\": \"c\"\n\t}\n}",
            "{\"a\": {\"b\": \"c\",},}",
            "---\na:\n  b: c\n",
            "# comment\n\n{\"a\": {\"b\": \"c\"}}",
            "a: !Tag\n  b: !tag c\n",
            "a:\r\n  b: c\r\n",
        ] {
            assert_eq!(read_text(text), expected, "{text:?}");
        }
        assert_eq!(read_text("{\"a\": \"b\tc\"}").get_str("a"), Some("b\tc"));
    }

    #[test]
    fn merge_keys_add_what_is_missing() {
        let merged = "base: &base {a: 1, b: 1}\nother: &other {b: 2, c: 2}\n";
        for (text, expected) in [
            ("x: {<<: *base}", "{a: 1, b: 1}"),
            ("x: {<<: *base, b: 3}", "{b: 3, a: 1}"),
            ("x: {a: 3, <<: [*base, *other]}", "{a: 3, b: 1, c: 2}"),
            ("x: {<<: {<<: *other, d: 4}}", "{d: 4, b: 2, c: 2}"),
        ] {
            let found = read_text(&format!("{merged}{text}"));
            assert_eq!(found.get("x"), Some(&read_text(expected)), "{text}");
        }
    }

    #[test]
    fn the_last_of_equal_keys_counts() {
        let many = (0..20).fold(String::new(), |text, number| format!("{text}k{number}: 0\n"));
        for text in ["a: 1\na: 2\n".to_owned(), format!("a: 1\n{many}a: 2\n")] {
            // The parser itself may reject it.
            if let Ok(found) = read(text.as_bytes(), "api.yaml") {
                assert_eq!(found.get_number("a"), Some(2.0), "{text}");
            }
        }
    }
}
