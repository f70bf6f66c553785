//! Descriptions of a document as doc comments. They are read as Markdown and written again, so that whatever rustdoc or
//! Clippy would reject is valid by construction: HTML, bare URLs, links to nothing, code that looks like a doctest.

mod html;
mod markdown;
mod words;

/// Returns the lines of a doc comment: the summary as a sentence, then the description.
pub(crate) fn lines(summary: Option<&str>, description: Option<&str>) -> Vec<String> {
    let summary = summary.map(str::trim).filter(|text| !text.is_empty());
    let description = description.map(str::trim).filter(|text| !text.is_empty());
    match (summary, description) {
        (None, None) => Vec::new(),
        (Some(text), None) | (None, Some(text)) => sentence(markdown::lines(text)),
        (Some(summary), Some(description)) if is_start(summary, description) => sentence(markdown::lines(description)),
        (Some(summary), Some(description)) => {
            let mut lines = sentence(markdown::lines(summary));
            let rest = sentence(markdown::lines(description));
            if !lines.is_empty() && !rest.is_empty() {
                lines.push(String::new());
            }
            lines.extend(rest);
            lines
        }
    }
}

/// Whether a description starts with the words of the summary.
fn is_start(summary: &str, description: &str) -> bool {
    // `Deletes a pet.` and `Delete a pet.` are one sentence.
    let stem = |word: String| word.trim_end_matches('s').to_owned();
    let mut words = words::plain(description).map(stem);
    words::plain(summary).map(stem).all(|word| words.next().is_some_and(|other| other == word))
}

/// Ends a single paragraph with a period.
fn sentence(mut lines: Vec<String>) -> Vec<String> {
    if let Some(first) = lines.first_mut()
        && let Some(word) = first.split(' ').next().filter(|word| word.chars().all(|c| c.is_ascii_lowercase()))
        && let Some(letter) = word.chars().next()
    {
        first.replace_range(..1, &letter.to_ascii_uppercase().to_string());
    }
    let is_paragraph = lines.iter().all(|line| !line.is_empty() && !line.starts_with(['-', '|', '`', '>', '#']));
    if let Some(last) = lines.last_mut().filter(|_| is_paragraph)
        && last.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '`' | '"' | '\''))
    {
        last.push('.');
    }
    lines
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn the_summary_is_a_sentence_and_not_repeated() {
        assert_eq!(lines(Some("get a flow"), None), ["Get a flow."]);
        assert_eq!(lines(Some("Get a flow"), Some("Get a flow, or nothing")), ["Get a flow, or nothing."]);
        assert_eq!(lines(Some("Get a flow."), Some("By its id")), ["Get a flow.", "", "By its id."]);
        assert_eq!(lines(Some("Deletes a pet."), Some("Delete a pet.")), ["Delete a pet."]);
        assert_eq!(lines(Some(" "), None), Vec::<String>::new());
    }

    #[test]
    fn rustdoc_accepts_any_markdown() {
        let markdown = "Returns a <b>list</b> of OpenAPI's userIds, see https://example.com/a_b. Uses [brackets], `code` and \
                        [a link](https://example.com) but not [this](#section).\n\n* one\n* two with a long text\n\
                        lazily continued\n\n    indented code\n\n```\nplain\n```\n# Heading\n<p>A paragraph &lt;T&gt;</p>\
                        \n| a | b |\n|---|---|\n| 1 | x_y |";
        expect![[r"
            Returns a list of `OpenAPI`'s `userIds`, see <https://example.com/a_b>. Uses \[brackets\],
            `code` and [a link](https://example.com) but not this.

            - one
            - two with a long text lazily continued
              indented code

            ```text
            plain
            ```

            **Heading**

            A paragraph \<T>

            | a | b |
            | --- | --- |
            | 1 | `x_y` |"]]
        .assert_eq(&markdown::lines(markdown).join("\n"));
    }

    #[test]
    fn names_of_code_are_code_whatever_is_around_them() {
        for (text, expected) in [
            ("uses eval() (see foo_bar).", "uses `eval()` (see `foo_bar`)."),
            (
                "e.g. ${NodeID}, or strconv.ParseBool(), or {fooBar}",
                "e.g. `${NodeID}`, or `strconv.ParseBool()`, or {`fooBar`}",
            ),
            ("URLs (scheme://host[:port])", "URLs (`scheme://host`\\[:port\\])"),
            ("see [\"List\" page](https://example.com)", "see [List page](https://example.com)"),
            ("\u{201c}on_track\u{201d} by FooBar\u{ae}", "\u{201c}`on_track`\u{201d} by `FooBar`\u{ae}"),
            ("an empty pair () and f(x)", "an empty pair () and f(x)"),
        ] {
            assert_eq!(markdown::lines(text), [expected]);
        }
    }

    #[test]
    fn a_wrapped_line_never_starts_a_block() {
        let text = format!("{} - 1. # + > end", "word ".repeat(17));
        for line in markdown::lines(&text) {
            assert!(line.starts_with(char::is_alphabetic), "{line}");
        }
    }
}
