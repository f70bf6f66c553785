//! The words of a text, escaped so that Markdown reads them as they are.

/// Names that are not code although they look like it, to rustdoc's lints as well.
const NAMES: [&str; 24] = [
    "OAuth",
    "GitHub",
    "GitLab",
    "JavaScript",
    "TypeScript",
    "GraphQL",
    "OpenSSL",
    "OpenSSH",
    "PowerShell",
    "DevOps",
    "IPv4",
    "IPv6",
    "WebSocket",
    "WebRTC",
    "WebP",
    "WebGL",
    "iOS",
    "macOS",
    "LaTeX",
    "OpenTelemetry",
    "OpenStreetMap",
    "ECMAScript",
    "TensorFlow",
    "NaN",
];

/// The words of a text in lower case, without punctuation.
pub(super) fn plain(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase)
}

/// Escapes a text, which may have several words.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end_matches(char::is_whitespace);
        escape_word(word, &mut escaped);
        escaped.push_str(&piece[word.len()..]);
    }
    escaped
}

fn escape_word(word: &str, escaped: &mut String) {
    // Punctuation around a word does not belong to it.
    let start =
        word.len() - word.trim_start_matches(['(', '"', '\'', '\u{2018}', '\u{201c}', '[', '<', '*', ',', '{']).len();
    let (before, rest) = word.split_at(start);
    let core = without_punctuation(rest);
    // The genitive does not belong to a name.
    let core = core.strip_suffix("'s").or_else(|| core.strip_suffix("\u{2019}s")).unwrap_or(core);
    let after = &rest[core.len()..];
    escape_characters(before, escaped);
    if core.starts_with("http://") || core.starts_with("https://") {
        // A URL in `<…>` is a link; what cannot be in one is written as code.
        let is_link = !core.contains(['<', '>', '`', '{', '\\']);
        let (start, end) = if is_link { ('<', '>') } else { ('`', '`') };
        escaped.push(start);
        escaped.push_str(&core.replace('`', "'"));
        escaped.push(end);
    } else if core.contains("://") || is_code(core) {
        escaped.push('`');
        escaped.push_str(&core.replace('`', "'"));
        escaped.push('`');
    } else {
        escape_characters(core, escaped);
    }
    escape_characters(after, escaped);
}

/// A word without the punctuation after it. Brackets that start inside belong to it, as in `eval()` and `${NodeID}`.
fn without_punctuation(word: &str) -> &str {
    const END: [char; 18] = [
        '.', ',', ':', ';', '!', '?', ')', '"', '\'', '\u{2019}', '\u{201d}', '\u{2026}', '\u{ae}', '\u{2122}', ']',
        '>', '*', '}',
    ];
    let core = word.trim_end_matches(END);
    let after = &word[core.len()..];
    let is_open = |open: char, close: char| core.contains(open) && !core.contains(close) && after.starts_with(close);
    let is_call = after.starts_with("()") && core.ends_with(char::is_alphanumeric);
    let is_closed = is_open('(', ')') || is_open('{', '}') || is_open('[', ']');
    &word[..core.len() + if is_call { 2 } else { usize::from(is_closed) }]
}

/// Whether a word is a name of code: it has an underscore, a path, or a capital inside.
fn is_code(word: &str) -> bool {
    if NAMES.contains(&word) || word.contains('`') {
        return false;
    }
    // Whatever is around a name, Clippy sees the name.
    let inner = word.trim_matches(|c: char| !c.is_alphanumeric() && c != ':');
    if word.ends_with("()") || (inner != word && is_code(inner)) {
        return true;
    }
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | ':' | '/' | '[' | ']' | '=' | '@');
    let has_letter = word.chars().any(char::is_alphabetic);
    let has_underscore = word.contains('_') && has_letter;
    let has_capital = || {
        // Clippy looks at the parts between hyphens and slashes on their own.
        word.split(|c: char| !c.is_alphanumeric()).any(|part| {
            if NAMES.contains(&part) {
                return false;
            }
            let part = part.strip_suffix('s').unwrap_or(part);
            let capitals = part.chars().filter(|c| c.is_uppercase()).count();
            let mut pairs = part.chars().zip(part.chars().skip(1));
            (capitals > 1 && part.chars().any(char::is_lowercase))
                || pairs.any(|(left, right)| left.is_lowercase() && right.is_uppercase())
        })
    };
    word.chars().all(is_name) && (has_underscore || word.contains("::") || has_capital())
}

fn escape_characters(text: &str, escaped: &mut String) {
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let starts_entity = c == '&' && chars.peek().is_some_and(|next| next.is_alphanumeric() || *next == '#');
        if starts_entity || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '~' | '|') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
}
