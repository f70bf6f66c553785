//! Formats items. Prettyplease puts each attribute of an argument on a line of its own, and nothing between methods;
//! people write `#[query] q: &str` on one line, and separate methods.

/// The length of a line, as rustfmt has it.
const WIDTH: usize = 100;

/// Formats items as a file, with a blank line between any two of them and between the methods of a trait.
pub(crate) fn format(header: &str, items: &[String]) -> Result<String, syn::Error> {
    let mut file = String::from(header);
    for item in items.iter().filter(|item| !item.is_empty()) {
        if !file.is_empty() {
            file.push('\n');
        }
        if item.starts_with("use ") {
            file.push_str(item);
            continue;
        }
        let text = prettyplease::unparse(&syn::parse_file(item)?);
        file.push_str(&if text.contains("\npub trait ") { spaced(&text) } else { text });
    }
    Ok(file)
}

/// Lays the methods of a trait out as people do.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if !line.starts_with("    async fn ") {
            spaced.push_str(line);
            spaced.push('\n');
            continue;
        }
        let mut signature = vec![line.to_owned()];
        while !signature.last().is_some_and(|last| last.ends_with(';')) {
            let Some(next) = lines.next() else { break };
            signature.push(next.to_owned());
        }
        spaced.push_str(&joined(&signature));
        if lines.peek().is_some_and(|next| *next != "}") {
            spaced.push('\n');
        }
    }
    spaced
}

/// The lines of a signature with each attribute before its argument, and on one line if that is short enough.
fn joined(signature: &[String]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in signature {
        match lines.last_mut().filter(|last| last.trim_start().starts_with("#[") && last.ends_with(']')) {
            Some(attribute) => {
                attribute.push(' ');
                attribute.push_str(line.trim_start());
            }
            None => lines.push(line.clone()),
        }
    }
    if let [first, arguments @ .., last] = &lines[..]
        && first.ends_with('(')
    {
        let arguments: Vec<&str> = arguments.iter().map(|line| line.trim()).collect();
        let one = format!("{first}{}{}", arguments.join(" ").trim_end_matches(','), last.trim_start());
        if one.len() <= WIDTH {
            return one + "\n";
        }
    }
    lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect()
}
