//! Names of a document as a person would write them in Rust: words are found across all spellings, acronyms are words,
//! and what cannot start or be an identifier gets the smallest change that makes it one.

use std::collections::HashSet;

/// Returns a name as that of a type or a variant: `flow_id` becomes `FlowId`.
pub(crate) fn pascal_case(name: &str) -> String {
    let pascal: String = words(name).iter().map(|word| capitalized(word)).collect();
    let pascal = if starts_with_letter(&pascal) { pascal } else { format!("V{pascal}") };
    if pascal == "Self" { "SelfValue".to_owned() } else { pascal }
}

/// Returns a name as that of a field, an argument or a method: `flowId` becomes `flow_id`.
pub(crate) fn snake_case(name: &str) -> String {
    let snake = words(name).join("_");
    if starts_with_letter(&snake) { snake } else { format!("v{snake}") }
}

/// Returns a name as an identifier: keywords become raw.
pub(crate) fn identifier(name: &str) -> String {
    // `gen` is a keyword since the edition of 2024.
    if name != "gen" && syn::parse_str::<syn::Ident>(name).is_ok() {
        return name.to_owned();
    }
    // These keywords cannot be raw.
    if matches!(name, "self" | "super" | "crate" | "_") { format!("{name}_") } else { format!("r#{name}") }
}

/// Returns the singular of a plural: the items of `policies` are each a `policy`.
pub(crate) fn singular(name: &str) -> String {
    let end = |suffix: &str| name.len() > suffix.len() + 1 && name.to_lowercase().ends_with(suffix);
    let without = |count: usize| name[..name.len() - count].to_owned();
    if end("ies") {
        format!("{}y", without(3))
    } else if ["sses", "uses", "xes", "ches", "shes", "zes"].into_iter().any(end) {
        without(2)
    } else if end("s") && !["ss", "us", "is"].into_iter().any(end) {
        without(1)
    } else {
        name.to_owned()
    }
}

/// The words of a name, in lower case.
pub(crate) fn words(name: &str) -> Vec<String> {
    let spelled = spelled_out(name);
    let chars: Vec<char> = spelled.chars().collect();
    let mut words: Vec<String> = Vec::new();
    let mut is_new = true;
    for (index, c) in chars.iter().copied().enumerate() {
        if !c.is_alphanumeric() {
            is_new |= c != '\'';
            continue;
        }
        let before = index.checked_sub(1).map(|index| chars[index]);
        if is_new || before.is_some_and(|before| is_boundary(before, &chars[index..])) {
            words.push(String::new());
            is_new = false;
        }
        if let Some(word) = words.last_mut() {
            word.extend(c.to_lowercase());
        }
    }
    words
}

/// Whether a word starts at the first of these characters, which follow another letter or digit.
fn is_boundary(before: char, rest: &[char]) -> bool {
    let (Some(first), second) = (rest.first(), rest.get(1)) else { return false };
    if !first.is_uppercase() {
        return false;
    }
    if before.is_lowercase() || before.is_ascii_digit() {
        return true;
    }
    // `HTTPServer` is two words, `OAuth` and the plural `IDs` are one each.
    let is_plural = second == Some(&'s') && rest.get(2).is_none_or(|third| !third.is_lowercase());
    let is_o_auth = before == 'O' && rest.starts_with(&['A', 'u', 't', 'h']);
    before.is_uppercase() && second.is_some_and(|second| second.is_lowercase()) && !is_plural && !is_o_auth
}

/// Spells out the signs that distinguish `+1` from `-1`, and names that have no letter.
fn spelled_out(name: &str) -> String {
    let is_symbolic = !name.chars().any(char::is_alphanumeric);
    let mut spelled = String::new();
    for (index, c) in name.chars().enumerate() {
        let next_is_digit = name.chars().nth(index + 1).is_some_and(|next| next.is_ascii_digit());
        let word = match c {
            '+' if is_symbolic || index == 0 => "plus",
            '-' if is_symbolic || (index == 0 && next_is_digit) => "minus",
            '*' if is_symbolic => "any",
            '=' if is_symbolic => "equal",
            '!' if is_symbolic => "not",
            '<' if is_symbolic => "less",
            '>' if is_symbolic => "greater",
            '~' if is_symbolic => "like",
            '/' if is_symbolic => "slash",
            '.' if is_symbolic => "dot",
            '%' if is_symbolic => "percent",
            _ => {
                spelled.push(c);
                continue;
            }
        };
        spelled.push(' ');
        spelled.push_str(word);
        spelled.push(' ');
    }
    if spelled.chars().any(char::is_alphanumeric) { spelled } else { "empty".to_owned() }
}

fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn starts_with_letter(name: &str) -> bool {
    name.starts_with(char::is_alphabetic)
}

/// The names that are taken in one scope.
#[derive(Default)]
pub(crate) struct Scope {
    taken: HashSet<String>,
}

impl Scope {
    pub(crate) fn with(taken: &[&str]) -> Self {
        Self { taken: taken.iter().map(|name| (*name).to_owned()).collect() }
    }

    pub(crate) fn is_free(&self, name: &str) -> bool {
        !self.taken.contains(name)
    }

    /// Takes the first of these names that is free, or the last one with the first number that makes it free.
    pub(crate) fn take(&mut self, candidates: &[&str]) -> String {
        let free = candidates.iter().find(|name| self.is_free(name)).map(|name| (*name).to_owned());
        let name = free.unwrap_or_else(|| {
            let last = candidates.last().copied().unwrap_or("value");
            let separator = if last.starts_with(char::is_lowercase) { "_" } else { "" };
            let mut numbered = (2u32..).map(|number| format!("{last}{separator}{number}"));
            numbered.find(|name| self.is_free(name)).unwrap_or_else(|| last.to_owned())
        });
        self.taken.insert(name.clone());
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_words_across_spellings() {
        for (name, snake, pascal) in [
            ("flowId", "flow_id", "FlowId"),
            ("AuthController.Auth", "auth_controller_auth", "AuthControllerAuth"),
            ("HTTPServer", "http_server", "HttpServer"),
            ("listIDs", "list_ids", "ListIds"),
            ("OAuthApp", "oauth_app", "OauthApp"),
            ("X-Request-ID", "x_request_id", "XRequestId"),
            ("sort[by]", "sort_by", "SortBy"),
            ("repos/list-for-org", "repos_list_for_org", "ReposListForOrg"),
            ("oauth2Token", "oauth2_token", "Oauth2Token"),
            ("user's", "users", "Users"),
            ("2fa", "v2fa", "V2fa"),
            ("+1", "plus_1", "Plus1"),
            ("-1", "minus_1", "Minus1"),
            (">=", "greater_equal", "GreaterEqual"),
            ("", "empty", "Empty"),
            ("Self", "self", "SelfValue"),
        ] {
            assert_eq!((snake_case(name).as_str(), pascal_case(name).as_str()), (snake, pascal), "{name}");
        }
    }

    #[test]
    fn keywords_become_raw() {
        assert_eq!(["type", "self", "name", "gen"].map(identifier), ["r#type", "self_", "name", "r#gen"]);
    }

    #[test]
    fn finds_the_singular() {
        assert_eq!(
            ["policies", "statuses", "boxes", "labels", "address", "status"].map(singular),
            ["policy", "status", "box", "label", "address", "status"]
        );
    }

    #[test]
    fn a_taken_name_gets_the_next_candidate_then_a_number() {
        let mut scope = Scope::with(&["Error"]);
        assert_eq!(scope.take(&["Error", "ErrorBody"]), "ErrorBody");
        assert_eq!(scope.take(&["Error", "ErrorBody"]), "ErrorBody2");
        assert_eq!(scope.take(&["list"]), "list");
        assert_eq!(scope.take(&["list"]), "list_2");
    }
}
