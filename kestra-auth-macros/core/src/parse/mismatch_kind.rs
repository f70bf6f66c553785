//! The kinds of mismatch that the contract reports and that `expect(…)` silences.

/// Declares the enum and its words from one list, so that a new kind is one entry and cannot be half there.
macro_rules! mismatch_kinds {
    ($($(#[$doc:meta])* $variant:ident = $word:literal,)*) => {
        /// A kind of mismatch between an endpoint and its operation.
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub(crate) enum MismatchKind {
            $($(#[$doc])* $variant,)*
        }

        impl MismatchKind {
            /// The words of `expect(…)`.
            pub(crate) const WORDS: &'static [&'static str] = &[$($word),*];

            pub(crate) fn from_word(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)*
                    _ => None,
                }
            }

            /// Returns the word for a kind that OpenAPI or others call by another.
            pub(crate) fn meant_by(word: &str) -> Option<&'static str> {
                Some(match word {
                    "answer" | "output" | "produces" | "result" | "return" => "response",
                    "in" | "place" => "location",
                    "cookie" | "header" | "param" | "query" => "parameter",
                    "field" => "property",
                    "enum" | "variant" => "value",
                    "collection_format" | "explode" | "style" => "format",
                    "missing" | "optional" => "required",
                    "request" | "request_body" => "body",
                    "consumes" | "content" | "content_type" => "media_type",
                    "anonymous" | "auth" | "authorization" | "security" => "credential",
                    "method" => "verb",
                    _ => return None,
                })
            }

            #[cfg(feature = "openapi")]
            pub(crate) fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }
        }
    };
}

mismatch_kinds! {
    /// The document has no such path.
    Path = "path",
    /// The path has no operation for the verb.
    Verb = "verb",
    /// The operation has no such parameter.
    Parameter = "parameter",
    /// The parameter is sent in another location.
    Location = "location",
    /// A list or an object is serialized in another way.
    Format = "format",
    /// A required parameter or body is missing or optional.
    Required = "required",
    /// A body is missing or unexpected.
    Body = "body",
    /// The body has another media type.
    MediaType = "media_type",
    /// The schema has no such property.
    Property = "property",
    /// An enumeration has other values.
    Value = "value",
    /// A value, a field or an item is of another type.
    Type = "type",
    /// A model is of another schema.
    Model = "model",
    /// The response has another media type, or no body.
    Response = "response",
    /// The document lists no such status.
    Status = "status",
    /// The operation requires a credential and the endpoint sends none.
    Credential = "credential",
    /// The operation is deprecated.
    Deprecated = "deprecated",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_words_that_exist() {
        for (word, meant) in
            [("answer", "response"), ("place", "location"), ("query", "parameter"), ("style", "format")]
        {
            assert_eq!(MismatchKind::meant_by(word), Some(meant));
            assert!(MismatchKind::from_word(meant).is_some());
        }
        assert_eq!(MismatchKind::meant_by("other"), None);
    }
}
