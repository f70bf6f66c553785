//! The crates in the workspace `peers`. Each is built alone, so that none enables features for another.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

/// A program of `peers`, which makes the calls with another crate.
pub(crate) struct Peer {
    pub(crate) name: String,
    pub(crate) program: PathBuf,
}

/// Builds the programs. One that does not build is left out with a line.
pub(crate) fn build() -> io::Result<Vec<Peer>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("peers");
    let mut names: Vec<String> = fs::read_dir(&folder)?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| folder.join(name).join("src/main.rs").is_file())
        .collect();
    names.sort_unstable();
    let mut peers = Vec::new();
    for name in names {
        let package = format!("peer-{name}");
        println!("building {package}");
        let status = Command::new(env!("CARGO"))
            .args(["build", "--release", "--locked", "--quiet", "-p", &package, "--target-dir"])
            .arg(&target)
            .current_dir(&folder)
            .status()?;
        if status.success() {
            let program = target.join("release").join(package + std::env::consts::EXE_SUFFIX);
            peers.push(Peer { name, program });
        } else {
            println!("{package} does not build");
        }
    }
    Ok(peers)
}
