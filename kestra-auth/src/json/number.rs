//! The numbers of `serde_json`.

use serde::de::Visitor;

use super::type_error::TypeError;

/// The name of the struct in which `serde_json` passes on a number, and of its only field, if a crate of the build enables
/// the feature `arbitrary_precision`. The field has the text of the number.
pub(crate) const NUMBER_TOKEN: &str = "$serde_json::private::Number";

/// Passes on a number that is written as text.
pub(super) fn visit_number<'de, V: Visitor<'de>>(text: &str, visitor: V) -> Result<V::Value, TypeError> {
    if let Ok(number) = text.parse::<u64>() {
        visitor.visit_u64(number)
    } else if let Ok(number) = text.parse::<i64>() {
        visitor.visit_i64(number)
    } else if let Ok(number) = text.parse::<u128>() {
        visitor.visit_u128(number)
    } else if let Ok(number) = text.parse::<i128>() {
        visitor.visit_i128(number)
    } else {
        visitor.visit_f64(text.parse().unwrap_or(f64::NAN))
    }
}

/// Returns whether a number that is written as text fits into 64 bits with all its digits.
pub(super) fn is_plain(text: &str) -> bool {
    let is_float = |number: f64| number.is_finite() && digits(text) == digits(&format!("{number:e}"));
    text.parse::<u64>().is_ok() || text.parse::<i64>().is_ok() || text.parse().is_ok_and(is_float)
}

/// Returns the digits of a number, without zeros at either end.
fn digits(text: &str) -> String {
    let mantissa = text.split(['e', 'E']).next().unwrap_or_default();
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_numbers_lose_no_digits() {
        for text in
            ["0", "-0.0", "1.50", "18446744073709551615", "-1.5e3", "0.1", "1e300", "0.1234567890123456", "100.0"]
        {
            assert!(is_plain(text), "{text}");
        }
        for text in ["0.12345678901234567890", "184467440737095516159", "1e400", "x", ""] {
            assert!(!is_plain(text), "{text}");
        }
    }
}
