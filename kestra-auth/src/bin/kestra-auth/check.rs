//! `kestra-auth check`

use kestra_auth_macros_core::generate;

use crate::arguments::Check;
use crate::output::{Outcome, note, print};

pub(crate) fn run(arguments: &Check) -> Result<Outcome, String> {
    let report = generate::check_file(&arguments.document)?;
    for problem in &report.problems {
        let line = problem.line.map(|line| format!(" (line {line})")).unwrap_or_default();
        print(&format!("{}\n  note: {}{line}\n", problem.what, problem.location))?;
    }
    let (operations, problems) = (report.operations, report.problems.len());
    note(&format!("{operations} operations, {problems} problems"));
    Ok(if report.problems.is_empty() { Outcome::Done } else { Outcome::Found })
}
