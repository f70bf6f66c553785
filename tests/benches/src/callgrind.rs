//! Instructions per call, counted by callgrind. They hardly depend on how busy the machine is, unlike times.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

/// The calls of the two runs. What happens once, such as connecting, is in both, and not in the difference.
pub type Calls = [u32; 2];

/// Enough calls for a difference of 0.1 %.
pub const MANY: Calls = [1_000, 4_000];

/// Enough calls for a difference of 0.5 %, in less time.
pub const FEW: Calls = [500, 1_500];

/// A program that makes a number of calls.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The program, which is run as `program [KIND] BASE CALLS`.
    pub program: PathBuf,
    /// What the program is to call with, if it knows several clients.
    pub kind: Option<&'static str>,
}

/// Returns whether valgrind is installed.
#[must_use]
pub fn is_installed() -> bool {
    Command::new("valgrind").arg("--version").output().is_ok()
}

/// Returns what each of the callers takes for one call to the server at `base`, as many at a time as there are cores.
///
/// # Errors
/// If a program fails under callgrind.
pub fn instructions_per_call(callers: &[Caller], base: &str, calls: Calls) -> Vec<io::Result<f64>> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let mut results = Vec::new();
    for callers in callers.chunks(cores) {
        thread::scope(|scope| {
            let running: Vec<_> = callers.iter().map(|caller| scope.spawn(|| per_call(caller, base, calls))).collect();
            let failed = || Err(io::Error::other("a thread failed"));
            results.extend(running.into_iter().map(|thread| thread.join().unwrap_or_else(|_| failed())));
        });
    }
    results
}

fn per_call(caller: &Caller, base: &str, [few, many]: Calls) -> io::Result<f64> {
    let (of_few, of_many) = (total(caller, base, few)?, total(caller, base, many)?);
    let difference = u32::try_from(of_many.saturating_sub(of_few)).map_err(io::Error::other)?;
    Ok(f64::from(difference) / f64::from(many - few))
}

/// Returns callgrind's total for this many calls. With `CALLGRIND_OUT=PATH`, what callgrind writes is kept.
///
/// # Errors
/// If the program fails under callgrind.
pub fn total(caller: &Caller, base: &str, calls: u32) -> io::Result<u64> {
    let name = caller.kind.or_else(|| caller.program.file_name()?.to_str()).unwrap_or_default();
    let out = std::env::var("CALLGRIND_OUT").map_or("/dev/null".into(), |out| format!("{out}.{name}.{calls}"));
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", &format!("--callgrind-out-file={out}")])
        .arg(&caller.program)
        .args(caller.kind)
        .args([base, &calls.to_string()])
        .output()?;
    let text = String::from_utf8_lossy(&output.stderr);
    let total = || text.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
    if output.status.success() { total() } else { None }
        .ok_or_else(|| io::Error::other(format!("{} fails: {text}", Path::new(name).display())))
}
