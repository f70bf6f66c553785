//! The lines of a document, for messages. Documents are laid out by people or by programs that indent, so that what is
//! inside of a key has more indentation than the key.

/// Returns the number of the line, from 1, on which the last of these keys is, each inside of the one before.
pub(super) fn line_of(text: &str, keys: &[&str]) -> Option<usize> {
    let lines: Vec<&str> = text.lines().collect();
    let mut block = 0..lines.len();
    let mut found = None;
    for key in keys {
        let content = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
        // The keys of a block have the indentation of its first line; JSON starts with a brace.
        let first = block.clone().find(|index| content(&lines[*index]) && lines[*index].trim() != "{")?;
        let own = indentation(lines[first]);
        let index =
            block.clone().find(|index| indentation(lines[*index]) == own && key_of(lines[*index]) == Some(*key))?;
        let end = (index + 1..block.end).find(|index| content(&lines[*index]) && indentation(lines[*index]) <= own);
        found = Some(index + 1);
        block = index + 1..end.unwrap_or(block.end);
    }
    found
}

/// Returns the number of the first line, from 1, that has a text.
pub(super) fn line_with(text: &str, part: &str) -> Option<usize> {
    text.lines().position(|line| line.contains(part)).map(|index| index + 1)
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The key at the start of a line, without its quotes.
fn key_of(line: &str) -> Option<&str> {
    let line = line.trim_start();
    for quote in ['"', '\''] {
        if let Some(rest) = line.strip_prefix(quote) {
            let (key, after) = rest.split_once(quote)?;
            return after.trim_start().starts_with(':').then_some(key);
        }
    }
    let end = line.find(": ").or_else(|| line.ends_with(':').then(|| line.len() - 1))?;
    Some(&line[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    const YAML: &str = "# get:\nopenapi: 3.1.0\npaths:\n  /a:\n    post:\n      get: x\n\n    get:\n      tags: [a]\n  '/b':\n    \
                        get: {}\n";

    #[test]
    fn finds_keys_inside_of_keys() {
        for (keys, line) in [
            (&["paths"][..], Some(3)),
            (&["paths", "/a", "get"], Some(8)),
            (&["paths", "/b", "get"], Some(11)),
            (&["paths", "/c"], None),
            (&["get"], None),
        ] {
            assert_eq!(line_of(YAML, keys), line, "{keys:?}");
        }
        let json = "{\n  \"paths\": {\n    \"/a\": {\n      \"get\": {}\n    }\n  }\n}\n";
        assert_eq!(line_of(json, &["paths", "/a", "get"]), Some(4));
        assert_eq!(line_with(YAML, "tags"), Some(9));
    }
}
