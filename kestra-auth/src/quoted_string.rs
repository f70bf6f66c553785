//! Quoted strings in header values ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.4)).

/// Splits a text at a separator, but not inside of a quoted string, where a backslash escapes the next character.
pub(crate) fn split(text: &str, separator: char) -> impl Iterator<Item = &str> {
    text.split(outside(separator))
}

/// Returns a pattern that matches a separator, but not inside of a quoted string.
pub(crate) fn outside(separator: char) -> impl FnMut(char) -> bool {
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

/// Returns the content of a quoted string, which may lack its end, or any other text as it is.
pub(crate) fn content(text: &str) -> String {
    let Some(quoted) = text.strip_prefix('"') else { return text.to_owned() };
    let mut content = String::new();
    let mut chars = quoted.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => break,
            '\\' => content.extend(chars.next()),
            _ => content.push(c),
        }
    }
    content
}
