//! The lines of a document, for messages. Documents are laid out by people or by programs that indent, so that what is
//! inside of a key has more indentation than the key.

use std::ops::Range;

use crate::contract::pointer::Step;

/// Returns the number of the line, from 1, on which the last of these keys is, each inside of the one before.
pub(super) fn line_of(text: &str, keys: &[&str]) -> Option<usize> {
    let mut layout = Layout::of(text);
    keys.iter().map(|key| layout.descend(Step::Key(key))).last().flatten()
}

/// Returns the number of the line, from 1, on which the last of these steps is, or the last one that has a line of its
/// own.
pub(crate) fn nearest_line(text: &str, steps: &[Step<'_>]) -> Option<usize> {
    let mut layout = Layout::of(text);
    steps.iter().map_while(|step| layout.descend(*step)).last()
}

/// The lines of a document, and which of them are inside of the steps so far.
struct Layout<'t> {
    lines: Vec<&'t str>,
    block: Range<usize>,
    /// Whether the block is an item of a list, whose first line starts with a dash.
    is_item: bool,
}

impl<'t> Layout<'t> {
    fn of(text: &'t str) -> Self {
        let lines: Vec<&str> = text.lines().collect();
        Self { block: 0..lines.len(), lines, is_item: false }
    }

    /// Goes one step further. Returns the number of its line; without one, there are no further steps.
    fn descend(&mut self, step: Step<'_>) -> Option<usize> {
        let found = match step {
            Step::Key(key) => self.key(key),
            Step::Index(index) => self.item(index),
        };
        if found.is_none() {
            self.block = 0..0;
        }
        found.map(|index| index + 1)
    }

    fn key(&mut self, key: &str) -> Option<usize> {
        // The keys of a block have the indentation of its first line; JSON starts with a brace.
        let first = self.block.clone().find(|index| self.has_content(*index) && self.lines[*index].trim() != "{")?;
        let own = self.indentation(first);
        let mut lines = self.block.clone();
        let index = lines.find(|index| self.indentation(*index) == own && key_of(self.line(*index)) == Some(key))?;
        // The dashes of a list may have the indentation of its key.
        let is_inside = |index: usize| {
            let found = self.indentation(index);
            !self.has_content(index) || found > own || (found == own && is_dash(self.lines[index]))
        };
        let end = (index + 1..self.block.end).find(|index| !is_inside(*index)).unwrap_or(self.block.end);
        (self.block, self.is_item) = (index + 1..end, false);
        Some(index)
    }

    fn item(&mut self, item: usize) -> Option<usize> {
        let first = self.block.clone().find(|index| self.has_content(*index))?;
        let own = self.indentation(first);
        let is_yaml = is_dash(self.lines[first]);
        let is_start = |index: &usize| {
            let line = self.lines[*index];
            let is_end = line.trim_start().starts_with(['}', ']']);
            self.has_content(*index) && self.indentation(*index) == own && is_yaml == is_dash(line) && !is_end
        };
        let mut starts = self.block.clone().filter(is_start).skip(item);
        let index = starts.next()?;
        let end = starts.next().unwrap_or(self.block.end);
        (self.block, self.is_item) = (index..end, is_yaml);
        Some(index)
    }

    fn has_content(&self, index: usize) -> bool {
        let line = self.line(index).trim_start();
        !line.is_empty() && !line.starts_with('#')
    }

    /// A line without the dash of the item that it starts.
    fn line(&self, index: usize) -> &'t str {
        let line = self.lines[index];
        if self.is_item && index == self.block.start { &line[indentation(line) + 1..] } else { line }
    }

    fn indentation(&self, index: usize) -> usize {
        let line = self.line(index);
        self.lines[index].len() - line.len() + indentation(line)
    }
}

/// Whether a line starts an item of a list in YAML.
fn is_dash(line: &str) -> bool {
    let line = line.trim_start();
    line == "-" || line.starts_with("- ")
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
        let list = "a:\n- x: 1\n\n  y:\n  - 1\n  - 2\n-\n  x: {z: 1}\nb: 1\n";
        let key = Step::Key;
        for (steps, line) in [
            (&[key("a"), Step::Index(0), key("x")][..], 2),
            (&[key("a"), Step::Index(0), key("y"), Step::Index(1)], 6),
            (&[key("a"), Step::Index(1), key("x"), key("z")], 8),
            (&[key("b")], 9),
        ] {
            assert_eq!(nearest_line(list, steps), Some(line), "{steps:?}");
        }
        let json = "{\n  \"a\": [\n    {\n      \"x\": 1\n    },\n    {\n      \"x\": 2\n    }\n  ]\n}\n";
        assert_eq!(nearest_line(json, &[key("a"), Step::Index(1), key("x")]), Some(7));
        assert_eq!(line_with(YAML, "tags"), Some(9));
    }
}
