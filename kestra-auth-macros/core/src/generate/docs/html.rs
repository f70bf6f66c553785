//! HTML in descriptions. Many documents are generated from comments in HTML.

/// Replaces the tags of HTML by the Markdown that comes closest to them.
pub(super) fn to_markdown(text: &str) -> String {
    let mut markdown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let (before, tag) = rest.split_at(start);
        markdown.push_str(before);
        if let Some((replacement, length)) = replace(tag) {
            markdown.push_str(replacement);
            rest = &tag[length..];
        } else {
            markdown.push('<');
            rest = &tag[1..];
        }
    }
    markdown.push_str(rest);
    markdown
}

/// The Markdown of the tag at the start of a text, and the tag's length.
fn replace(text: &str) -> Option<(&'static str, usize)> {
    if text.starts_with("<!--") {
        return Some(("", text.find("-->")? + 3));
    }
    let length = text.find('>')? + 1;
    let inside = text[1..length - 1].trim_end_matches('/').trim();
    let name = inside.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
    let replacement = match name.as_str() {
        "br" => "\n",
        "p" | "/p" | "div" | "/div" | "h1" | "/h1" | "h2" | "/h2" | "h3" | "/h3" | "h4" | "/h4" | "h5" | "/h5"
        | "h6" | "/h6" | "ul" | "/ul" | "ol" | "/ol" | "table" | "/table" | "tr" | "/tr" | "pre" | "/pre" | "dl"
        | "/dl" | "/li" | "dt" | "dd" | "/dt" | "/dd" | "section" | "/section" | "blockquote" | "/blockquote"
        | "details" | "/details" | "/summary" | "hr" => "\n\n",
        "li" => "\n- ",
        "code" | "/code" | "tt" | "/tt" | "kbd" | "/kbd" => "`",
        "td" | "th" | "/td" | "/th" => " ",
        "a" | "/a" | "b" | "/b" | "strong" | "/strong" | "i" | "/i" | "em" | "/em" | "u" | "/u" | "span" | "/span"
        | "sup" | "/sup" | "sub" | "/sub" | "small" | "/small" | "font" | "/font" | "tbody" | "/tbody" | "thead"
        | "/thead" | "img" | "summary" | "center" | "/center" | "big" | "/big" | "nobr" | "/nobr" | "wbr" => "",
        _ => return None,
    };
    Some((replacement, length))
}
