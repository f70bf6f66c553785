//! Durations and sizes with their units.

/// `500ms`, `5s`, `2m` or `1h`, in milliseconds.
pub(crate) fn duration(text: &str) -> Result<u64, String> {
    let wrong =
        |why: &str| format!("`{text}` {why}\nhelp: write a whole number and `ms`, `s`, `m` or `h`, as in \"5s\"");
    let (number, unit) = number_and_unit(text).ok_or_else(|| wrong("is no duration"))?;
    let scale = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        "" => return Err(wrong("has no unit")),
        _ => return Err(wrong("has an unknown unit")),
    };
    match number.checked_mul(scale) {
        Some(milliseconds) => Ok(milliseconds),
        None => Err(wrong("is too long")),
    }
}

/// `64KiB`, `200MB` and the like, in bytes.
pub(crate) fn size(text: &str) -> Result<u64, String> {
    let wrong = |why: &str| {
        format!(
            "`{text}` {why}\nhelp: write a whole number and `B`, `kB`, `KiB`, `MB`, `MiB`, `GB` or `GiB`, as in \"200MB\""
        )
    };
    let (number, unit) = number_and_unit(text).ok_or_else(|| wrong("is no size"))?;
    let scale: u64 = match unit {
        "B" => 1,
        "kB" | "KB" => 1_000,
        "KiB" => 1 << 10,
        "MB" => 1_000_000,
        "MiB" => 1 << 20,
        "GB" => 1_000_000_000,
        "GiB" => 1 << 30,
        "" => return Err(wrong("has no unit")),
        _ => return Err(wrong("has an unknown unit")),
    };
    number.checked_mul(scale).ok_or_else(|| wrong("is too large"))
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
    fn durations_and_sizes() {
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
