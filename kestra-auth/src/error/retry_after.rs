//! The value of `Retry-After` ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3)).

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::HeaderMap;
use http::header::RETRY_AFTER;

/// The average length of a year in the Gregorian calendar.
const YEAR: u64 = 31_556_952;

/// Returns how long the server asks to wait.
pub(crate) fn find(headers: &HeaderMap) -> Option<Duration> {
    parse(headers.get(RETRY_AFTER)?.to_str().ok()?, SystemTime::now())
}

/// Returns how long to wait, for a number of seconds or a date; zero for a date in the past.
fn parse(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    Some(parse_date(value, now)?.duration_since(now).unwrap_or_default())
}

/// Parses a date in one of the three formats of
/// [RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7).
fn parse_date(text: &str, now: SystemTime) -> Option<SystemTime> {
    match TwoDigitYear::find(text) {
        Some(date) => date.resolve(now),
        None => httpdate::parse_http_date(text).ok(),
    }
}

/// A date with a year of two digits, `Sunday, 06-Nov-94 08:49:37 GMT`, taken apart.
///
/// `httpdate` reads such years as 1970 to 2069, whatever the time is. The rule is another: "a timestamp that appears
/// to be more than 50 years in the future" is of the most recent year in the past with the same two digits.
struct TwoDigitYear<'a> {
    day_name: &'a str,
    day: &'a str,
    month: &'a str,
    year: &'a str,
    time: &'a str,
}

impl<'a> TwoDigitYear<'a> {
    fn find(text: &'a str) -> Option<Self> {
        let (day_name, rest) = text.split_once(", ")?;
        let (date, time) = rest.split_once(' ')?;
        let (day, month_and_year) = date.split_once('-')?;
        let (month, year) = month_and_year.split_once('-')?;
        Some(Self { day_name, day, month, year, time })
    }

    fn resolve(&self, now: SystemTime) -> Option<SystemTime> {
        let Self { day_name, day, month, year, time } = self;
        let since_epoch = now.duration_since(UNIX_EPOCH).unwrap_or_default();
        let century = (1970 + since_epoch.as_secs() / YEAR) / 100;
        let latest = now.checked_add(Duration::from_secs(50 * YEAR))?;
        // The full name of the day is only in this format; the one with a year of four digits has its first letters.
        let day_name = day_name.get(..3)?;
        let candidates = [century + 1, century, century.checked_sub(1)?];
        candidates.into_iter().find_map(|century| {
            let text = format!("{day_name}, {day} {month} {century}{year} {time}");
            httpdate::parse_http_date(&text).ok().filter(|date| *date <= latest)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "Fri, 01 May 2026 00:00:00 GMT";

    fn date(text: &str) -> Option<String> {
        Some(httpdate::fmt_http_date(parse_date(text, httpdate::parse_http_date(NOW).unwrap())?))
    }

    #[test]
    fn parses_the_three_formats() {
        let expected = "Sun, 06 Nov 1994 08:49:37 GMT";
        for text in [expected, "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
            assert_eq!(date(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(date("Thu, 29 Feb 2024 23:59:59 GMT").as_deref(), Some("Thu, 29 Feb 2024 23:59:59 GMT"));
    }

    #[test]
    fn rejects_days_that_do_not_exist() {
        for text in [
            "Fri, 30 Feb 2024 00:00:00 GMT",
            "Wed, 29 Feb 2023 00:00:00 GMT",
            "Friday, 30-Feb-24 00:00:00 GMT",
            "Mon Feb 30 00:00:00 2026",
            "Sun, 31 Apr 2026 00:00:00 GMT",
            "Sun, 00 Nov 1994 08:49:37 GMT",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn rejects_what_is_not_a_date() {
        for text in [
            "",
            "soon",
            "Sun, 06 Nov 1994",
            "Sun, 06 Foo 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 24:00:00 GMT",
            "Sun, 06 Nov 1960 08:49:37 GMT",
            "Sun, 06 Nov 99999999999999999999 08:49:37 GMT",
            "Sunday, 06-Nov-1994 08:49:37 GMT",
            "é, 06-Nov-94 08:49:37 GMT",
            "Sunday, - - ",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn years_of_two_digits_are_at_most_50_years_in_the_future() {
        for (text, expected) in [
            ("Wednesday, 29-Apr-76 00:00:00 GMT", "Wed, 29 Apr 2076 00:00:00 GMT"),
            ("Sunday, 02-May-76 00:00:00 GMT", "Sun, 02 May 1976 00:00:00 GMT"),
            ("Saturday, 01-Jan-77 00:00:00 GMT", "Sat, 01 Jan 1977 00:00:00 GMT"),
            ("Wednesday, 01-Jan-70 00:00:00 GMT", "Wed, 01 Jan 2070 00:00:00 GMT"),
            ("Friday, 31-Dec-99 23:59:59 GMT", "Fri, 31 Dec 1999 23:59:59 GMT"),
        ] {
            assert_eq!(date(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn rejects_a_day_name_that_does_not_match() {
        assert_eq!(date("Mon, 06 Nov 1994 08:49:37 GMT"), None);
        assert_eq!(date("Monday, 06-Nov-94 08:49:37 GMT"), None);
    }

    #[test]
    fn waits_for_seconds_or_until_a_date() {
        let now = httpdate::parse_http_date(NOW).unwrap();
        assert_eq!(parse(" 7 ", now), Some(Duration::from_secs(7)));
        assert_eq!(parse("Fri, 01 May 2026 00:01:00 GMT", now), Some(Duration::from_secs(60)));
        assert_eq!(parse("Fri, 01 May 2020 00:00:00 GMT", now), Some(Duration::ZERO));
        assert_eq!(parse("-1", now), None);
        assert_eq!(parse("1.5", now), None);
    }
}
