//! What OpenAPI and other frameworks call the attributes of parameters and their arguments, and what to write instead.

/// Arguments that are not likely to be the name of a parameter without its quotes.
const ARGUMENTS: [&str; 18] = [
    "allow_reserved",
    "array_format",
    "brackets",
    "collection_format",
    "comma",
    "csv",
    "deep_object",
    "delimiter",
    "dots",
    "explode",
    "flatten",
    "join",
    "multi",
    "pipes",
    "repeated",
    "separator",
    "ssv",
    "tsv",
];

/// Returns whether a word is an argument of another attribute or framework.
pub(super) fn is_argument(name: &str) -> bool {
    ARGUMENTS.contains(&name)
}

/// Returns whether an argument says how a list is sent. Other frameworks have two or three of them for one list.
pub(super) fn is_list_style(name: &str) -> bool {
    matches!(
        name,
        "array_format"
            | "collection_format"
            | "comma"
            | "csv"
            | "delimiter"
            | "explode"
            | "join"
            | "multi"
            | "pipes"
            | "repeated"
            | "separator"
            | "ssv"
            | "style"
            | "tsv"
    )
}

/// Returns whether an argument says that a value has parts with names.
pub(super) fn is_shape(name: &str) -> bool {
    matches!(name, "brackets" | "deep_object" | "dots" | "flatten")
}

/// Returns what to write instead of the argument `name` of the attribute `of`.
pub(super) fn argument(of: &str, name: &str, value: &str) -> Option<String> {
    let help = match (of, name) {
        _ if is_list_style(name) => list_style(of, name, value),
        (_, "default" | "optional" | "required") => {
            return Some(format!("write `#[{of}]`, and take an `Option<T>`: `None` is left out"));
        }
        ("query", "brackets" | "dots") => {
            "write `deep_object` for a struct or a map, or `#[query(\"ids[]\")]` for a list"
        }
        ("query", "allow_reserved") => "write `encoded` if the value is percent-encoded already, or remove it",
        ("field", "brackets" | "dots") => {
            "write `#[form(brackets)]` for the whole form, or `#[field(\"ids[]\")]` for a list"
        }
        ("field", "deep_object" | "flatten") => "write `#[form]` for the fields of a struct or the entries of a map",
        ("header", "flatten") => "take a `HeaderMap` as `#[headers]`",
        ("cookie", "flatten") => "take each cookie as an argument with `#[cookie]`",
        ("cookie", "domain" | "expires" | "http_only" | "max_age" | "path" | "same_site" | "secure") => {
            "remove it: a client sends cookies without attributes"
        }
        (_, "format") => "write `with = \"path::to::function\"` for a format of its own, or remove it",
        ("cookie", "quoted") => "remove it, and pass the value with its quotes",
        ("cookie" | "field" | "header", "encoded") => "remove it: the value is encoded as its location requires",
        _ => return None,
    };
    Some(help.to_owned())
}

fn list_style(of: &str, name: &str, value: &str) -> &'static str {
    match (of, if value.is_empty() { name } else { value }) {
        ("path", _) => "remove it: a sequence is joined by commas",
        ("cookie", _) => "remove it: a sequence repeats the cookie",
        ("part", _) => "remove it: a sequence sends one part for each item",
        ("form", _) => "write `#[field(csv)]` for each list",
        ("header", _) => "write `csv` to join a sequence by commas, or nothing to repeat the header",
        (_, "," | "comma" | "csv" | "form" | "simple") => {
            "write `csv` to join a sequence by commas, or nothing to repeat the name"
        }
        (_, " " | "spaceDelimited" | "ssv") => "write `ssv`",
        (_, "\\t" | "tabDelimited" | "tsv") => "write `tsv`",
        (_, "|" | "pipeDelimited" | "pipes") => "write `pipes`",
        ("query", "deepObject" | "deep_object") => "write `deep_object`",
        (_, "multi" | "repeat" | "repeated" | "true") => "remove it: a sequence repeats the name",
        _ => "write `csv`, `ssv`, `tsv` or `pipes` to join a sequence, or nothing to repeat the name",
    }
}

/// Returns our attribute for one that other frameworks have, if it is clear which, and what to write.
pub(super) fn attribute(name: &str) -> Option<(Option<&'static str>, &'static str)> {
    Some(match &*name.to_lowercase().replace('_', "") {
        "data" | "jsonbody" | "payload" | "requestbody" => (Some("json"), "write `#[json]`, or `#[form]` for a form"),
        "pathparam" | "pathvariable" | "restpath" => {
            (Some("path"), "write `#[path]`, or nothing if the argument is named like the placeholder")
        }
        "param" => (None, "write `#[query]`, or `#[path]` for a placeholder"),
        "queryname" | "queryparam" | "requestparam" | "restquery" => (Some("query"), "write `#[query]`"),
        "beanparam" | "modelattribute" | "queries" | "querymap" => (Some("query"), "write `#[query(flatten)]`"),
        "headerparam" | "requestheader" | "restheader" => (Some("header"), "write `#[header(\"X-Request-Id\")]`"),
        "headermap" => (Some("headers"), "write `#[headers]`"),
        "cookieparam" | "cookievalue" | "restcookie" => (Some("cookie"), "write `#[cookie]`"),
        "matrixparam" | "matrixvariable" => {
            (None, "write `;name={name}` in the path, and nothing at the argument `name`")
        }
        "fieldmap" | "formdata" | "formparam" | "restform" => {
            (Some("form"), "write `#[form]`, or `#[field]` for one field")
        }
        "file" | "partmap" | "requestpart" | "upload" => {
            (Some("part"), "write `#[part(\"file\")]`, or `#[multipart]` for a whole form")
        }
        "serde" => (Some("query"), "write the name in the attribute of the parameter, as in `#[query(\"name\")]`"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_list_style_has_a_help_for_each_attribute() {
        for of in ["path", "query", "header", "cookie", "field", "part", "form"] {
            for name in ARGUMENTS.into_iter().filter(|name| is_list_style(name)) {
                assert!(argument(of, name, "").is_some(), "{of} {name}");
            }
        }
        assert_eq!(argument("query", "style", "pipeDelimited").as_deref(), Some("write `pipes`"));
        assert_eq!(argument("query", "page", ""), None);
    }
}
