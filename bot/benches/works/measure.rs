//! Running processes and counting what they cost.

use super::generate;
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// What one run cost.
#[derive(Clone, Copy, Debug)]
struct Cost {
    /// User and system time, in microseconds.
    cpu: i64,
    /// Microseconds on the clock.
    wall: i64,
    /// Peak resident memory, in KiB.
    peak: i64,
}

/// Runs a command and prints its cost. A process of its own, since the system counts ended children all together.
pub fn meter(command: &[String]) {
    let start = Instant::now();
    let status = Command::new(&command[0]).args(&command[1..]).stdout(Stdio::null()).status().unwrap();
    let wall = start.elapsed().as_micros();
    let used = getrusage(UsageWho::RUSAGE_CHILDREN).unwrap();
    let cpu = used.user_time().num_microseconds() + used.system_time().num_microseconds();
    // macOS counts bytes, others KiB.
    let peak = if cfg!(target_os = "macos") { used.max_rss() / 1024 } else { used.max_rss() };
    println!("{} {cpu} {wall} {peak}", status.code().unwrap_or(-1));
}

fn cost(command: &[&str], expected: i32) -> Cost {
    let own = std::env::current_exe().unwrap();
    let out = Command::new(own).arg("meter").args(command).stderr(Stdio::inherit()).output().unwrap();
    let text = String::from_utf8(out.stdout).unwrap();
    let numbers: Vec<i64> = text.split_whitespace().map(|word| word.parse().unwrap()).collect();
    assert_eq!(numbers[0], i64::from(expected), "exit code of {command:?}");
    Cost { cpu: numbers[1], wall: numbers[2], peak: numbers[3] }
}

fn median(costs: &[Cost], of: impl Fn(&Cost) -> i64) -> i64 {
    let mut values: Vec<i64> = costs.iter().map(of).collect();
    values.sort_unstable();
    values[values.len() / 2]
}

struct Work<'w> {
    name: &'w str,
    root: &'w Path,
    /// Further arguments of `adrule check`.
    args: &'w [&'w str],
    /// The commit that the floor compares with.
    base: Option<&'w str>,
    exit: i32,
    runs: usize,
}

fn measure(work: &Work<'_>) {
    let root = work.root.to_str().unwrap();
    let mut check = vec![env!("CARGO_BIN_EXE_adrule"), "check", "--root", root, "--as-of", "2026-11-22"];
    check.extend(work.args);
    let own = std::env::current_exe().unwrap();
    let mut floor = vec![own.to_str().unwrap(), "floor", root];
    floor.extend(work.base);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    // The first pair warms the file cache.
    for run in 0..=work.runs {
        let pair = (cost(&check, work.exit), cost(&floor, 0));
        if run > 0 {
            ours.push(pair.0);
            theirs.push(pair.1);
        }
    }
    let cpu = |costs: &[Cost]| median(costs, |cost| cost.cpu) as f64 / 1e6;
    let wall = |costs: &[Cost]| median(costs, |cost| cost.wall) as f64 / 1e6;
    let peak = |costs: &[Cost]| median(costs, |cost| cost.peak) as f64 / 1024.0;
    println!(
        "| {} | {:.4} s | {:.4} s | {:.1} MiB | {:.4} s | {:.4} s | {:.1} MiB | {:.1} |",
        work.name,
        cpu(&ours),
        wall(&ours),
        peak(&ours),
        cpu(&theirs),
        wall(&theirs),
        peak(&theirs),
        cpu(&ours) / cpu(&theirs)
    );
}

/// Generates what is not there yet and measures every work.
pub fn all() {
    let kept = std::env::var_os("ADRULE_WORKS").map(PathBuf::from);
    let folder =
        kept.clone().unwrap_or_else(|| std::env::temp_dir().join(format!("adrule-works-{}", std::process::id())));
    let only = std::env::var("ADRULE_WORKS_ONLY").unwrap_or_default();
    let wanted = |name: &str| only.is_empty() || only.split(',').any(|part| part == name);
    println!("| work | CPU | wall | peak | floor: CPU | wall | peak | CPU / floor |");
    println!("| --- | --- | --- | --- | --- | --- | --- | --- |");
    if wanted("small") {
        let root = generate::small(&folder.join("small"));
        let work = Work {
            name: "one manifest and one decision",
            root: &root,
            args: &["--all"],
            base: None,
            exit: 0,
            runs: 51,
        };
        measure(&work);
    }
    if wanted("real")
        && let Some(corpus) = std::env::var_os("ADRULE_CORPUS")
    {
        let root = generate::real(&folder.join("real"), Path::new(&corpus));
        let name = "1,000 decisions that people wrote, 300 manifests, `--all`";
        measure(&Work { name, root: &root, args: &["--all"], base: None, exit: 1, runs: 15 });
    }
    if wanted("records") {
        let root = generate::records(&folder.join("records"));
        let name = "1,000 decisions made up, each about a service, `--all`";
        measure(&Work { name, root: &root, args: &["--all"], base: None, exit: 1, runs: 15 });
    }
    if wanted("monorepo") {
        monorepo(&folder.join("monorepo"));
    }
    if kept.is_none() {
        let _ = std::fs::remove_dir_all(&folder);
    }
}

fn monorepo(folder: &Path) {
    let repository = generate::monorepo(folder);
    let root = &repository.root;
    let name = "monorepo, `--all`, git index";
    measure(&Work { name, root, args: &["--all"], base: None, exit: 1, runs: 7 });
    let base = Some(repository.base.as_str());
    let name = "the same, a change of three files on a branch";
    measure(&Work { name, root, args: &[], base, exit: 1, runs: 15 });
    generate::edit(root);
    let name = "the same, three more files edited and not staged";
    measure(&Work { name, root, args: &[], base, exit: 1, runs: 15 });
    generate::undo_edit(root);
    // Without git: the same files, the repository put aside.
    let aside = folder.join("git-aside");
    std::fs::rename(root.join(".git"), &aside).unwrap();
    let name = "the same, `--all`, no git";
    measure(&Work { name, root, args: &["--all"], base: None, exit: 1, runs: 7 });
    std::fs::rename(&aside, root.join(".git")).unwrap();
}
