//! What an endpoint costs to compile: `#[api]` traits compared to handwritten functions on reqwest.
//!
//! `cargo bench -p kestra-auth-benches --bench compile_time` writes crates with 100, 500 and 1,000 endpoints (ten per
//! trait, with one model; half of them GET with path and query, half POST with path, query and JSON) and builds their
//! dependencies. Then it changes each crate, and times
//!
//! - `check`: checking the whole crate,
//! - `build`: building a program that calls every endpoint once,
//! - `beside`: checking it incrementally after a change to a function in a file beside the traits,
//! - `above`: the same after a change to the file of the traits, which moves all of them by a line,
//! - `clean`: building this crate and all its dependencies, compared to reqwest and its dependencies.
//!
//! The crates take turns, so that a busy machine slows all of them down. It prints the medians and their ratios, which
//! at 500 endpoints must be at most 1.0 for a whole crate and 1.2 after a change. Other numbers of endpoints and some of
//! the measures can be given as arguments.
#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used, reason = "a program for developers")]

#[path = "compile_time/source.rs"]
mod source;
#[path = "compile_time/workspace.rs"]
mod workspace;

use std::time::Duration;

use source::Kind;
use workspace::{Measure, Workspace};

const SIZES: [usize; 3] = [100, 500, 1000];
const MEASURES: [Measure; 4] = [Measure::Check, Measure::Build, Measure::Beside, Measure::Above];

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let sizes: Vec<usize> = args.iter().filter_map(|arg| arg.parse().ok()).collect();
    let sizes = if sizes.is_empty() { SIZES.to_vec() } else { sizes };
    let measures: Vec<Measure> =
        MEASURES.into_iter().filter(|measure| args.iter().any(|arg| arg == measure.name())).collect();
    let has_clean = args.iter().any(|arg| arg == "clean");
    let is_all = measures.is_empty() && !has_clean;
    let workspace = Workspace::write(&sizes);
    if !workspace.builds(sizes[0]) {
        println!("skipped: the generated crates do not build here; see {}", workspace.folder().display());
        return;
    }
    let mut limits_hold = true;
    if is_all || !measures.is_empty() {
        println!("endpoints  measure  models only  by hand  #[api]    ratio  ratio without the models");
        for measure in if is_all { MEASURES.to_vec() } else { measures } {
            for &size in &sizes {
                limits_hold &= endpoints(&workspace, measure, size);
            }
        }
        println!("{}", if limits_hold { "within the limits" } else { "over the limits" });
    }
    if is_all || has_clean {
        clean(&workspace);
    }
}

/// Measures one number of endpoints. Returns whether it is within the limit.
fn endpoints(workspace: &Workspace, measure: Measure, size: usize) -> bool {
    let [models, by_hand, declared] = workspace.medians(measure, size, [Kind::Models, Kind::ByHand, Kind::Declared]);
    let ratio = ratio(declared, by_hand);
    let net = self::ratio(declared.saturating_sub(models), by_hand.saturating_sub(models));
    println!(
        "{size:>9}  {:<7}  {:>9.2} s  {:>5.2} s  {:>5.2} s  {ratio:>5.2}  {net:>5.2}",
        measure.name(),
        models.as_secs_f64(),
        by_hand.as_secs_f64(),
        declared.as_secs_f64(),
    );
    size != 500 || ratio <= measure.limit()
}

/// Measures clean builds.
fn clean(workspace: &Workspace) {
    println!("clean build                    reqwest  kestra-auth  ratio");
    for (features, name) in [("", "no features"), ("default", "default features")] {
        let [reqwest, ours] = workspace.clean(features);
        println!(
            "{name:<28}  {:>6.1} s  {:>9.1} s  {:>5.2}",
            reqwest.as_secs_f64(),
            ours.as_secs_f64(),
            ratio(ours, reqwest)
        );
    }
}

fn ratio(time: Duration, base: Duration) -> f64 {
    time.as_secs_f64() / base.as_secs_f64()
}
