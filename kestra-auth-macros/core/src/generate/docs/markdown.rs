//! Reads Markdown and writes it again, wrapped.

use std::fmt::Write as _;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::html;
use super::words::escape;

/// The length of a line, without the indentation of a method and the start of the comment.
const WIDTH: usize = 92;

/// Returns the lines of a text in Markdown.
pub(super) fn lines(text: &str) -> Vec<String> {
    let text = html::to_markdown(text);
    let mut writer = Writer::default();
    for event in Parser::new_ext(&text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        writer.write(event);
    }
    writer.end_block();
    let Writer { mut lines, .. } = writer;
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

#[derive(Default)]
struct Writer {
    lines: Vec<String>,
    /// The text of the block that is being read, without line breaks.
    text: String,
    /// The lists around the block, with the number of the next item of an ordered one.
    lists: Vec<Option<u64>>,
    /// What starts the next line: the marker of a list item.
    marker: Option<String>,
    /// The quotes around the block.
    quotes: usize,
    /// Where the link that is being read goes, and where its text starts.
    link: Option<(String, usize)>,
    is_code: bool,
    cells: Vec<String>,
}

impl Writer {
    fn write(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.is_code => self.text.push_str(&text),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text.push_str(&escape(&text));
            }
            Event::Code(code) | Event::InlineHtml(code) => self.code(&code),
            Event::Html(html) => self.text.push_str(&escape(&html)),
            Event::SoftBreak | Event::HardBreak => self.text.push(' '),
            Event::Rule | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { .. } => {
                self.end_block();
                self.text.push_str("**");
            }
            Tag::CodeBlock(kind) => {
                self.end_block();
                self.blank_line();
                self.is_code = true;
                let language = match kind {
                    CodeBlockKind::Fenced(info) => language(&info),
                    CodeBlockKind::Indented => "text",
                };
                self.text = format!("```{language}\n");
            }
            Tag::List(first) => {
                self.end_block();
                self.lists.push(first);
            }
            Tag::Item => {
                self.end_block();
                let marker = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "- ".to_owned(),
                };
                self.marker = Some(marker);
            }
            Tag::BlockQuote(_) => {
                self.end_block();
                self.quotes += 1;
            }
            Tag::Link { dest_url, .. } => self.link = Some((dest_url.into_string(), self.text.len())),
            Tag::Strong => self.text.push_str("**"),
            Tag::Emphasis => self.text.push('*'),
            Tag::Paragraph | Tag::Table(_) | Tag::HtmlBlock => self.end_block(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                self.text.push_str("**");
                self.end_block();
            }
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::List(_) => {
                self.end_block();
                self.lists.pop();
                self.blank_line();
            }
            TagEnd::BlockQuote(_) => {
                self.end_block();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::Link => self.end_link(),
            TagEnd::Strong => self.text.push_str("**"),
            TagEnd::Emphasis => self.text.push('*'),
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.text);
                self.cells.push(cell.split_whitespace().collect::<Vec<_>>().join(" ").replace('\0', " "));
            }
            TagEnd::TableHead => {
                self.blank_line();
                let columns = self.cells.len();
                self.end_row();
                self.lines.push(format!("|{}", " --- |".repeat(columns)));
            }
            TagEnd::TableRow => self.end_row(),
            TagEnd::Paragraph | TagEnd::Item | TagEnd::HtmlBlock => self.end_block(),
            _ => {}
        }
    }

    fn code(&mut self, code: &str) {
        // Backticks inside code would end it.
        let code = code.replace('`', "'");
        self.text.push('`');
        let code: Vec<&str> = code.split_whitespace().collect();
        // A short piece of code stays on one line.
        let space = if code.iter().map(|word| word.len() + 1).sum::<usize>() < WIDTH / 2 { "\0" } else { " " };
        self.text.push_str(&code.join(space));
        self.text.push('`');
    }

    /// A link to a page stays one. Others lead to nothing outside of the document.
    fn end_link(&mut self) {
        let Some((url, start)) = self.link.take() else { return };
        let is_page = url.starts_with("https://") || url.starts_with("http://");
        if !is_page || url.contains(['(', ')', ' ', '<', '>']) || self.text.len() == start {
            return;
        }
        let text = self.text.split_off(start);
        if text.trim_start_matches('<').trim_end_matches('>') == url {
            self.text.push_str(&text);
        } else if text.contains(['<', '\n']) {
            // Writing to a `String` cannot fail.
            let _ = write!(self.text, "<{url}>");
        } else {
            // Clippy takes quotes in a link for backticks that were meant.
            let text = text.replace(['"', '\''], "");
            let _ = write!(self.text, "[{text}]({url})");
        }
    }

    fn end_row(&mut self) {
        let row = std::mem::take(&mut self.cells);
        self.lines.push(format!("| {} |", row.join(" | ")));
    }

    fn end_code(&mut self) {
        self.is_code = false;
        let text = std::mem::take(&mut self.text);
        let indent = self.indent();
        for line in text.trim_end().lines() {
            self.lines.push(format!("{indent}{}", line.replace('\t', "    ").trim_end()));
        }
        self.lines.push(format!("{indent}```"));
        self.blank_line();
    }

    /// Writes the text that was read as a paragraph, or as an item of a list.
    fn end_block(&mut self) {
        let text = std::mem::take(&mut self.text);
        let is_blank = text.trim().trim_matches('*').trim().is_empty();
        if is_blank {
            return;
        }
        let marker = self.marker.take();
        let is_item = marker.is_some() || !self.lists.is_empty();
        if !is_item || !self.is_after_item() {
            self.blank_line();
        }
        let indent = self.indent();
        let mut line = match &marker {
            Some(marker) => format!("{}{marker}", &indent[..indent.len().saturating_sub(marker.len())]),
            None => indent.clone(),
        };
        let mut is_start = true;
        for word in text.split_whitespace() {
            if !is_start && line.len() + 1 + word.len() > WIDTH && !starts_block(word) {
                self.lines.push(std::mem::replace(&mut line, indent.clone()));
                is_start = true;
            }
            if !is_start {
                line.push(' ');
            }
            if is_start && starts_block(word) {
                line.push('\\');
            }
            line.push_str(&word.replace('\0', " "));
            is_start = false;
        }
        self.lines.push(line);
    }

    /// Whether the last line belongs to a list, so that the next item follows it directly.
    fn is_after_item(&self) -> bool {
        self.lines.last().is_some_and(|line| {
            let line = line.trim_start();
            line.starts_with("- ") || line.starts_with(|c: char| c.is_ascii_digit()) || self.lists.len() > 1
        }) || self.lines.last().is_some_and(|line| line.starts_with("  "))
    }

    fn indent(&self) -> String {
        let lists = self.lists.iter().map(|number| if number.is_some() { 3 } else { 2 }).sum::<usize>();
        format!("{}{}", "> ".repeat(self.quotes), " ".repeat(lists))
    }

    fn blank_line(&mut self) {
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(String::new());
        }
    }
}

/// The language of a code block. Code that has none, or that is Rust, would be a doctest.
fn language(info: &str) -> &'static str {
    const KNOWN: [&str; 12] =
        ["json", "yaml", "xml", "html", "http", "bash", "shell", "sh", "javascript", "python", "sql", "graphql"];
    let info = info.split([' ', ',', '{']).next().unwrap_or_default().to_ascii_lowercase();
    KNOWN.into_iter().find(|known| *known == info).unwrap_or("text")
}

/// Whether a word at the start of a line would start a list, a heading or a quote.
fn starts_block(word: &str) -> bool {
    let number = word.trim_end_matches(['.', ')']);
    matches!(word, "-" | "+" | "*" | "=" | "--" | "---" | "==" | "===")
        || word.starts_with(['#', '>', '|'])
        || (number.len() < word.len() && !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()))
}
