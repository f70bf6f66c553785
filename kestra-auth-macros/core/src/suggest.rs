//! Suggests the word that a misspelled one was meant to be, and lists words in messages.

/// Returns the word of `known` that `word` was probably meant to be.
pub(crate) fn near<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let lower = word.to_lowercase();
    known
        .iter()
        .map(|candidate| (distance(&lower, &candidate.to_lowercase()), *candidate))
        .filter(|(distance, candidate)| {
            // In short words, two differences make almost any word of any other.
            let shorter = candidate.len().min(word.len());
            *distance <= if shorter <= 4 { 1 } else { 2 } && *distance < shorter
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Returns `` "; did you mean `word`?" ``, or nothing if no word is near.
pub(crate) fn did_you_mean(word: &str, known: &[&str]) -> String {
    near(word, known).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default()
}

/// Returns `` `a`, `b` or `c` ``.
pub(crate) fn list(words: &[&str]) -> String {
    join(words, "or")
}

/// Returns `` `a`, `b` and `c` ``.
pub(crate) fn all(words: &[&str]) -> String {
    join(words, "and")
}

/// Returns `` `"a"`, `"b"` or `"c"` ``.
pub(crate) fn quoted_list(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    list(&quoted.iter().map(String::as_str).collect::<Vec<_>>())
}

fn join(words: &[&str], conjunction: &str) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        None => "nothing".to_owned(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} {conjunction} {last}", rest.join(", ")),
    }
}

/// Returns the optimal string alignment distance: how many characters are inserted, deleted, replaced, or swapped with
/// the next one.
pub(crate) fn distance(left: &str, right: &str) -> usize {
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    let mut rows = vec![(0..=right.len()).collect::<Vec<usize>>()];
    for (i, l) in left.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, r) in right.iter().enumerate() {
            let mut best = (rows[i][j] + usize::from(l != r)).min(rows[i][j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *l == right[j - 1] && left[i - 1] == *r {
                best = best.min(rows[i - 1][j - 1] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[left.len()][right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_near_words() {
        let verbs = ["get", "post", "put", "patch", "delete"];
        for (word, expected) in [
            ("gett", Some("get")),
            ("GET", Some("get")),
            ("psot", Some("post")),
            ("pacth", Some("patch")),
            ("delte", Some("delete")),
            ("query", None),
            ("tracing", None),
        ] {
            assert_eq!(near(word, &verbs), expected, "{word}");
        }
    }

    #[test]
    fn joins_words() {
        assert_eq!(list(&["a"]), "`a`");
        assert_eq!(list(&["a", "b", "c"]), "`a`, `b` or `c`");
        assert_eq!(all(&["a", "b"]), "`a` and `b`");
        assert_eq!(quoted_list(&["a", "b"]), "`\"a\"` or `\"b\"`");
    }
}
