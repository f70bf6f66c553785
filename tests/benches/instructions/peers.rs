//! The crates in the workspace `peers`. Each is built alone, so that none enables features for another.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

/// A program of `peers`, which makes the calls with another crate.
pub(crate) struct Peer {
    pub(crate) name: String,
    pub(crate) program: PathBuf,
}

/// Builds the programs.
pub(crate) fn build() -> io::Result<Vec<Peer>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("peers");
    let mut names: Vec<String> = fs::read_dir(&folder)?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| folder.join(name).join("src/main.rs").is_file())
        .collect();
    names.sort_unstable();
    for name in &names {
        println!("building {name}");
        let status = Command::new(env!("CARGO"))
            .args(["build", "--release", "--locked", "--quiet", "-p", &format!("peer-{name}"), "--target-dir"])
            .arg(&target)
            .current_dir(&folder)
            .status()?;
        if !status.success() {
            return Err(io::Error::other(format!("{name} does not build")));
        }
    }
    let program = |name: &String| target.join(format!("release/peer-{name}{}", std::env::consts::EXE_SUFFIX));
    Ok(names.iter().map(|name| Peer { name: name.clone(), program: program(name) }).collect())
}
