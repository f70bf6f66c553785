//! Durations and sizes with their units.

/// Parses `500ms`, `5s`, `2m` or `1h` into milliseconds.
pub(crate) fn duration(text: &str) -> Result<u64, String> {
    let invalid = |why: &str| {
        format!("invalid duration `{text}`: {why}\nhelp: write a whole number and `ms`, `s`, `m` or `h`, as in \"5s\"")
    };
    let (number, unit) = number_and_unit(text).ok_or_else(|| invalid("expected a number and a unit"))?;
    let scale = match unit {
        unit if unit.starts_with('.') => return Err(invalid("expected a whole number")),
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        "" => return Err(invalid("missing unit")),
        unit => return Err(invalid(&format!("unknown unit `{unit}`"))),
    };
    number.checked_mul(scale).ok_or_else(|| invalid("too long"))
}

/// Parses `64KiB`, `200MB` and the like into bytes.
pub(crate) fn size(text: &str) -> Result<u64, String> {
    let invalid = |why: &str| {
        format!(
            "invalid size `{text}`: {why}\nhelp: write a whole number and `B`, `kB`, `KiB`, `MB`, `MiB`, `GB` or `GiB`, as in \"200MB\""
        )
    };
    let (number, unit) = number_and_unit(text).ok_or_else(|| invalid("expected a number and a unit"))?;
    let scale: u64 = match unit {
        unit if unit.starts_with('.') => return Err(invalid("expected a whole number")),
        "B" => 1,
        "kB" | "KB" => 1_000,
        "KiB" => 1 << 10,
        "MB" => 1_000_000,
        "MiB" => 1 << 20,
        "GB" => 1_000_000_000,
        "GiB" => 1 << 30,
        "" => return Err(invalid("missing unit")),
        unit => return Err(invalid(&format!("unknown unit `{unit}`"))),
    };
    number.checked_mul(scale).ok_or_else(|| invalid("too large"))
}

fn number_and_unit(text: &str) -> Option<(u64, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    Some((number.parse().ok()?, unit.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_durations_and_sizes() {
        for (text, milliseconds) in [("500ms", 500), ("5s", 5_000), ("2 m", 120_000), ("1h", 3_600_000)] {
            assert_eq!(duration(text), Ok(milliseconds), "{text}");
        }
        for bad in ["", "5", "s", "1.5s", "-1s", "5 parsecs", "99999999999999999999s", "9999999999999999h"] {
            assert!(duration(bad).is_err(), "{bad}");
        }
        for (text, bytes) in [("10B", 10), ("64KiB", 65_536), ("200MB", 200_000_000), ("1GiB", 1 << 30)] {
            assert_eq!(size(text), Ok(bytes), "{text}");
        }
        for bad in ["", "10", "MB", "1.5MB", "10 potatoes", "99999999999GiB"] {
            assert!(size(bad).is_err(), "{bad}");
        }
    }
}
