//! What a `.stderr` file expects: of the compiler's output, the parts that are ours.

use crate::compiler::Diagnostic;

/// How messages start whose words are the compiler's.
const COMPILER_MESSAGES: [&str; 5] = [
    "cannot find ",
    "mismatched types",
    "the name `FlowsClient` is defined ",
    "the trait bound ",
    "unresolved import ",
];

/// How notes start whose words are the compiler's.
const COMPILER_NOTES: [&str; 7] = [
    "`#[",
    "expected ",
    "for local types ",
    "for more information",
    "for types from other crates ",
    "required for ",
    "this error originates ",
];

/// What rustc puts before the message of a constant that panics, which is how a type is checked.
const PANIC: &str = "evaluation panicked: ";

/// An error in a `.stderr` file.
#[derive(Debug)]
pub(crate) struct Expected {
    /// As in `E0277`; errors of a macro have none.
    code: Option<String>,
    /// What is wrong, and the `help:` and `note:` lines below it.
    pub(crate) message: Vec<String>,
    /// The notes that `#[diagnostic::on_unimplemented]` adds.
    notes: Vec<String>,
    /// The line and the column.
    start: (usize, usize),
}

impl Expected {
    /// Whether the words are ours, and not the compiler's.
    pub(crate) fn is_ours(&self) -> bool {
        !COMPILER_MESSAGES.iter().any(|start| self.message[0].starts_with(start))
    }

    /// Whether an error starts where this one does, and has our words.
    pub(crate) fn is_met_by(&self, error: &Diagnostic) -> bool {
        // What starts at another column in another release is a type that the compiler points to.
        let is_there = match self.code {
            None => error.start() == Some(self.start),
            Some(_) => error.line() == Some(self.start.0),
        };
        is_there && (!self.is_ours() || self.has_our_words(error))
    }

    fn has_our_words(&self, error: &Diagnostic) -> bool {
        let message = self.message.join("\n");
        match self.code.as_deref() {
            // The compiler indents the lines of a message.
            None => error.message.lines().map(str::trim).eq(message.lines()),
            // Older releases have the words in a label.
            Some("E0080") => error.texts().any(|text| text.contains(&message)),
            // Releases differ in whether they print `Vec` or `std::vec::Vec`.
            Some(_) => {
                shape(&error.message) == shape(&message)
                    && self.notes.iter().all(|note| error.texts().any(|text| text == note))
            }
        }
    }

    /// Checks a message of ours, and names the rule that it breaks.
    pub(crate) fn check_grammar(&self) -> Result<(), &'static str> {
        let (what, rest) = self.message.split_first().ok_or("a message has words")?;
        if !what.starts_with(|first: char| first.is_lowercase() || first == '`') {
            return Err("a message starts with a lower-case letter or a backtick");
        }
        // The code that `complete` prints has comments, which are sentences.
        if self.message.iter().any(|line| line.ends_with('.') && !line.starts_with("///")) {
            return Err("a line has no final period");
        }
        if self.code.as_deref() == Some("E0277") {
            // `#[diagnostic::on_unimplemented]` has only notes.
            return if self.notes.is_empty() { Err("a note says what to write") } else { Ok(()) };
        }
        let Some((_, rest)) = rest.split_first().filter(|(help, _)| help.starts_with("help: ")) else {
            return Err("a `help:` line follows, which says what to write");
        };
        // The help of `complete` continues with the methods to paste.
        let mut notes = rest.iter().skip_while(|line| !line.starts_with("note: "));
        if !notes.all(|line| line.starts_with("note: ")) {
            return Err("only `note:` lines follow the help");
        }
        Ok(())
    }
}

/// The errors in the compiler's output, in its order.
pub(crate) fn parse(stderr: &str) -> Vec<Expected> {
    let mut errors: Vec<Expected> = Vec::new();
    let mut lines = stderr.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(note) = line.trim_start().strip_prefix("= note: ") {
            let is_ours = !COMPILER_NOTES.iter().any(|start| note.starts_with(start));
            if let Some(error) = errors.last_mut().filter(|_| is_ours) {
                error.notes.push(note.to_owned());
            }
        }
        let Some(rest) = line.strip_prefix("error") else { continue };
        let (code, what) = rest.split_once(": ").unwrap();
        let code = code.strip_prefix('[').and_then(|code| code.strip_suffix(']')).map(str::to_owned);
        let mut message = vec![what.trim_start_matches(PANIC).to_owned()];
        while let Some(line) = lines.next_if(|line| !line.trim_start().starts_with("-->")) {
            message.push(line.trim().to_owned());
        }
        let mut location = lines.peek().unwrap().rsplit(':').map(|number| number.parse().unwrap());
        let (column, line) = (location.next().unwrap(), location.next().unwrap());
        errors.push(Expected { code, message, notes: Vec::new(), start: (line, column) });
    }
    errors
}

/// Replaces what is in backticks or quotes by `…`, and a list of such by one `…`; drops a suggestion.
pub(crate) fn shape(message: &str) -> String {
    let mut shape = String::new();
    let mut rest = message.split("; did you mean").next().unwrap_or_default();
    while let Some(start) = rest.find(['`', '"']) {
        let (before, quoted) = rest.split_at(start);
        let (quote, quoted) = quoted.split_at(1);
        let Some((_, after)) = quoted.split_once(quote) else { break };
        shape.push_str(before);
        shape.push('…');
        rest = after;
    }
    shape.push_str(rest);
    while shape.contains("…, …") || shape.contains("… or …") {
        shape = shape.replace("…, …", "…").replace("… or …", "…");
    }
    shape
}
