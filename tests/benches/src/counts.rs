//! Compares counts with those in `counts.txt`, with a tolerance of 2 %.
//!
//! A count of instructions depends on the machine (its libc has functions for its processor) and on the compiler. So
//! that only changes of this crate are reported, a count is compared relative to that of handwritten code, which the
//! same run of the same build has counted, and with another version of the compiler not at all.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::{env, fs, io};

const TOLERANCE: f64 = 0.02;
const FIRST_LINE: &str =
    "# What one call costs. `.ci/run bench` compares with it, and `UPDATE_COUNTS=1 .ci/run bench` rewrites it.";

/// What one call costs.
#[derive(Debug, Clone, Copy)]
pub struct Count {
    /// What makes the call.
    pub name: &'static str,
    /// The count itself.
    pub value: f64,
    /// The name of the count of handwritten code that this one is compared relative to.
    pub by_hand: Option<&'static str>,
}

/// Prints how the counts compare with the stored ones, and returns whether none is higher by more than the tolerance.
/// With the environment variable `UPDATE_COUNTS`, stores them.
///
/// # Errors
/// If the file of stored counts cannot be read or written, or the compiler does not run.
pub fn check(unit: &str, counts: &[Count]) -> io::Result<bool> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("counts.txt");
    let compiler = compiler()?;
    let mut stored = Stored::parse(&fs::read_to_string(&file).unwrap_or_default());
    if env::var_os("UPDATE_COUNTS").is_some() {
        stored.replace(&compiler, unit, counts);
        fs::write(&file, stored.to_text())?;
        println_(&format!("stored in {}", file.display()));
        return Ok(true);
    }
    if stored.compiler != compiler {
        println_(&format!("skipped: the stored counts are those of {}, and this is {compiler}", stored.compiler));
        return Ok(true);
    }
    let mut holds = true;
    for count in counts {
        let (line, is_within) = stored.compare(unit, count, counts);
        println_(&line);
        holds &= is_within;
    }
    Ok(holds)
}

#[allow(clippy::print_stdout, reason = "called by programs for developers")]
fn println_(line: &str) {
    println!("{line}");
}

/// Returns the version of the compiler, such as `rustc 1.95.0 (59807616e 2026-04-14)`.
///
/// # Errors
/// If it does not run.
pub fn compiler() -> io::Result<String> {
    let output = Command::new(env::var_os("RUSTC").unwrap_or("rustc".into())).arg("--version").output()?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// What `counts.txt` holds.
#[derive(Debug, Default, PartialEq)]
struct Stored {
    compiler: String,
    /// By unit and name.
    counts: BTreeMap<(String, String), f64>,
}

impl Stored {
    fn parse(text: &str) -> Self {
        let mut stored = Self::default();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            match line.split_once(" = ").and_then(|(key, value)| Some((key.split_once(": ")?, value.parse().ok()?))) {
                Some(((unit, name), value)) => {
                    stored.counts.insert((unit.to_owned(), name.to_owned()), value);
                }
                None => line.clone_into(&mut stored.compiler),
            }
        }
        stored
    }

    fn to_text(&self) -> String {
        let mut text = format!("{FIRST_LINE}\n{}\n", self.compiler);
        for ((unit, name), value) in &self.counts {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{unit}: {name} = {value:.0}");
        }
        text
    }

    fn replace(&mut self, compiler: &str, unit: &str, counts: &[Count]) {
        compiler.clone_into(&mut self.compiler);
        self.counts.retain(|(stored_unit, _), _| stored_unit != unit);
        let new = counts.iter().map(|count| ((unit.to_owned(), count.name.to_owned()), count.value));
        self.counts.extend(new);
    }

    /// Compares a count, and returns a line about it and whether it is within the tolerance.
    fn compare(&self, unit: &str, count: &Count, counts: &[Count]) -> (String, bool) {
        let Count { name, value, by_hand } = *count;
        let stored = |name: &str| self.counts.get(&(unit.to_owned(), name.to_owned())).copied();
        let measured = |name: &str| counts.iter().find(|count| count.name == name).map(|count| count.value);
        let Some(mut expected) = stored(name) else {
            return (format!("{name}: {value:.0} {unit} are not stored; store them with `UPDATE_COUNTS=1`"), false);
        };
        if let Some((measured, stored)) = by_hand.and_then(|by_hand| Some((measured(by_hand)?, stored(by_hand)?))) {
            expected *= measured / stored;
        }
        let change = value / expected - 1.0;
        let is_within = change <= TOLERANCE;
        let note = match by_hand {
            _ if !is_within => "; more than 2 % above",
            _ if change < -TOLERANCE => "; store the progress with `UPDATE_COUNTS=1`",
            _ => "",
        };
        (format!("{name}: {value:.0} {unit}, expected {expected:.0} ({:+.1} %){note}", change * 100.0), is_within)
    }
}

#[cfg(test)]
mod tests {
    use super::{Count, Stored};

    const BY_HAND: &str = "by hand";
    const OURS: &str = "kestra-auth";

    fn stored() -> Stored {
        Stored::parse("# comment\nrustc 1.95.0\ninstructions: by hand = 100\ninstructions: kestra-auth = 120\n")
    }

    fn is_within(by_hand: f64, ours: f64) -> bool {
        let by_hand = Count { name: BY_HAND, value: by_hand, by_hand: None };
        let ours = Count { name: OURS, value: ours, by_hand: Some(BY_HAND) };
        stored().compare("instructions", &ours, &[by_hand, ours]).1
    }

    #[test]
    fn accepts_two_percent_more_and_any_progress() {
        assert!(is_within(100.0, 120.0));
        assert!(is_within(100.0, 122.3));
        assert!(is_within(100.0, 60.0));
    }

    #[test]
    fn reports_more_than_two_percent_more() {
        assert!(!is_within(100.0, 122.5));
    }

    #[test]
    fn compares_relative_to_handwritten_code() {
        assert!(is_within(150.0, 180.0));
        assert!(!is_within(90.0, 120.0));
    }

    #[test]
    fn reports_a_count_that_is_not_stored() {
        let count = Count { name: "another", value: 1.0, by_hand: None };
        assert!(!stored().compare("instructions", &count, &[count]).1);
    }

    #[test]
    fn reads_what_it_writes_and_keeps_other_units() {
        let mut stored = stored();
        stored.replace("rustc 1.96.0", "allocations", &[Count { name: "GET", value: 7.0, by_hand: None }]);
        assert_eq!(Stored::parse(&stored.to_text()), stored);
        assert_eq!(stored.counts.len(), 3);
        assert_eq!(stored.compiler, "rustc 1.96.0");
    }
}
