//! The cases of names: `rename_all`.

/// The case of names on the wire: [serde's `rename_all`](https://serde.rs/container-attrs.html#rename_all).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Case {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

impl Case {
    pub(crate) const NAMES: [&'static str; 8] = [
        "lowercase",
        "UPPERCASE",
        "PascalCase",
        "camelCase",
        "snake_case",
        "SCREAMING_SNAKE_CASE",
        "kebab-case",
        "SCREAMING-KEBAB-CASE",
    ];

    /// Returns the name that serde has for the case.
    #[cfg(feature = "openapi")]
    pub(crate) fn name(self) -> &'static str {
        let index = Self::NAMES.iter().position(|name| Self::from_name(name) == Some(self));
        index.map_or("snake_case", |index| Self::NAMES[index])
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        const CASES: [Case; 8] = [
            Case::Lower,
            Case::Upper,
            Case::Pascal,
            Case::Camel,
            Case::Snake,
            Case::ScreamingSnake,
            Case::Kebab,
            Case::ScreamingKebab,
        ];
        Self::NAMES.iter().position(|known| *known == name).map(|index| CASES[index])
    }

    /// Returns the wire name of a variant, whose own name is in `PascalCase`.
    #[cfg(feature = "openapi")]
    pub(crate) fn apply_to_variant(self, name: &str) -> String {
        let snake = || {
            let parts = name.char_indices().map(|(at, c)| {
                let lower: String = c.to_lowercase().collect();
                if at > 0 && c.is_uppercase() { format!("_{lower}") } else { lower }
            });
            parts.collect::<String>()
        };
        match self {
            Self::Pascal => name.to_owned(),
            Self::Lower => name.to_lowercase(),
            Self::Upper => name.to_uppercase(),
            Self::Camel => {
                let mut chars = name.chars();
                chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
            }
            Self::Snake | Self::ScreamingSnake | Self::Kebab | Self::ScreamingKebab => self.apply(&snake()),
        }
    }

    /// Returns the wire name of an argument, whose own name is in `snake_case`.
    pub(crate) fn apply(self, name: &str) -> String {
        match self {
            Self::Lower | Self::Snake => name.to_owned(),
            Self::Upper | Self::ScreamingSnake => name.to_uppercase(),
            Self::Pascal => name.split('_').map(capitalized).collect(),
            Self::Camel => {
                let pascal = Self::Pascal.apply(name);
                let mut chars = pascal.chars();
                chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
            }
            Self::Kebab => name.replace('_', "-"),
            Self::ScreamingKebab => name.to_uppercase().replace('_', "-"),
        }
    }
}

/// Returns a name of any case as that of an argument: `tokenId` becomes `token_id`.
#[cfg(feature = "openapi")]
pub(crate) fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    let mut before = '_';
    for c in name.chars() {
        if c.is_uppercase() && before.is_alphanumeric() && !before.is_uppercase() {
            snake.push('_');
        }
        if c.is_alphanumeric() {
            snake.extend(c.to_lowercase());
        } else if !snake.is_empty() && !snake.ends_with('_') {
            snake.push('_');
        }
        before = c;
    }
    let snake = snake.trim_end_matches('_').to_owned();
    if syn::parse_str::<syn::Ident>(&snake).is_ok() { snake } else { format!("r#{snake}") }
}

fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_of_serde() {
        for (name, expected) in Case::NAMES.iter().zip([
            "page_size",
            "PAGE_SIZE",
            "PageSize",
            "pageSize",
            "page_size",
            "PAGE_SIZE",
            "page-size",
            "PAGE-SIZE",
        ]) {
            let case = Case::from_name(name).unwrap();
            assert_eq!(case.apply("page_size"), expected, "{name}");
        }
        assert_eq!(Case::from_name("camel"), None);
    }
}
