//! The content codings of a response ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-8.4)).

use http::HeaderMap;
use http::header::{CONTENT_ENCODING, TRANSFER_ENCODING};

use crate::headers;

/// A content coding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ContentCoding {
    Gzip,
    Brotli,
    Zstd,
    Deflate,
    Compress,
    Other,
}

impl ContentCoding {
    /// Parses a name, which is not case-sensitive and can have an alias. Returns `None` for one that changes nothing.
    fn parse(name: &[u8]) -> Option<Self> {
        let name = name.trim_ascii().to_ascii_lowercase();
        Some(match &*name {
            b"" | b"identity" => return None,
            b"gzip" | b"x-gzip" => Self::Gzip,
            b"br" => Self::Brotli,
            b"zstd" => Self::Zstd,
            b"deflate" => Self::Deflate,
            b"compress" | b"x-compress" => Self::Compress,
            _ => Self::Other,
        })
    }

    /// Says that a body has this coding, and what to do about it. An unknown name is not shown, because the server may
    /// repeat what it was sent.
    fn describe(self) -> String {
        let (name, feature) = match self {
            Self::Gzip => ("gzip", Some(("gzip", cfg!(feature = "gzip")))),
            Self::Brotli => ("br", Some(("brotli", cfg!(feature = "brotli")))),
            Self::Zstd => ("zstd", Some(("zstd", cfg!(feature = "zstd")))),
            Self::Deflate => ("deflate", None),
            Self::Compress => ("compress", None),
            Self::Other => return "the response body has an unknown content coding, which is not decoded".to_owned(),
        };
        match feature {
            Some((feature, false)) => format!(
                "the response body is compressed with `{name}`, which is not decoded: enable the feature `{feature}` of \
                 `kestra-auth`"
            ),
            Some((_, true)) => {
                format!("the response body is compressed with `{name}`, and the transport did not decode it")
            }
            None => format!("the response body is compressed with `{name}`, which is not decoded"),
        }
    }
}

/// Returns the codings of a response, in the order in which they were applied.
pub(crate) fn codings(headers: &HeaderMap) -> impl Iterator<Item = ContentCoding> {
    let values = headers.get_all(CONTENT_ENCODING).into_iter();
    values.flat_map(|value| value.as_bytes().split(|byte| *byte == b',')).filter_map(ContentCoding::parse)
}

/// Returns whether there may be codings of the content or of the transfer.
pub(crate) fn may_be_coded(headers: &HeaderMap) -> bool {
    headers::contains_any(headers, [&CONTENT_ENCODING, &TRANSFER_ENCODING])
}

/// Returns whether there may be codings.
pub(crate) fn is_coded(headers: &HeaderMap) -> bool {
    headers::contains(headers, &CONTENT_ENCODING)
}

/// Says which coding a body still has, if it has one. Whatever decodes a body removes the header.
pub(crate) fn describe_remaining(headers: &HeaderMap) -> Option<String> {
    // The last one that was applied is the first one to be decoded.
    codings(headers).last().map(ContentCoding::describe)
}

/// Returns whether the transport has left a coding of the transfer in the body. It decodes `chunked` alone, which is the
/// only one that is asked for ([RFC 9112](https://www.rfc-editor.org/rfc/rfc9112#section-7)).
pub(crate) fn has_transfer_coding(headers: &HeaderMap) -> bool {
    let is_left = |coding: &[u8]| {
        let coding = coding.trim_ascii();
        !coding.is_empty() && ![&b"chunked"[..], b"identity"].iter().any(|known| coding.eq_ignore_ascii_case(known))
    };
    headers::contains(headers, &TRANSFER_ENCODING)
        && headers
            .get_all(TRANSFER_ENCODING)
            .iter()
            .any(|value| value.as_bytes().split(|byte| *byte == b',').any(is_left))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(values: &[&'static str]) -> HeaderMap {
        values.iter().map(|value| (CONTENT_ENCODING, http::HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn names_are_case_insensitive_and_have_aliases() {
        let found: Vec<_> = codings(&headers(&["GZip, x-gzip,,", "identity", "Br , X-Compress, mark"])).collect();
        let expected = [ContentCoding::Gzip, ContentCoding::Gzip, ContentCoding::Brotli, ContentCoding::Compress];
        assert_eq!(found[..4], expected);
        assert_eq!(found[4..], [ContentCoding::Other]);
        assert_eq!(codings(&headers(&["identity", " "])).next(), None);
    }

    #[test]
    fn knows_which_transfer_codings_are_left() {
        let left = |value: &'static str| {
            has_transfer_coding(&HeaderMap::from_iter([(TRANSFER_ENCODING, http::HeaderValue::from_static(value))]))
        };
        assert!(["gzip", "gzip, chunked", "chunked, mark", "mark"].into_iter().all(left));
        assert!(!["chunked", "Chunked ", ", chunked", "identity", ""].into_iter().any(left));
        assert!(!has_transfer_coding(&HeaderMap::new()));
    }

    #[test]
    fn names_the_remaining_coding_and_its_feature() {
        assert_eq!(describe_remaining(&headers(&[])), None);
        assert_eq!(
            describe_remaining(&headers(&["gzip, deflate"])).unwrap(),
            "the response body is compressed with `deflate`, which is not decoded"
        );
        let unknown = describe_remaining(&headers(&["mark"])).unwrap();
        assert!(unknown.contains("unknown content coding") && !unknown.contains("mark"), "{unknown}");
        let brotli = describe_remaining(&headers(&["BR"])).unwrap();
        assert_eq!(brotli.contains("enable the feature `brotli`"), !cfg!(feature = "brotli"), "{brotli}");
    }
}
