//! A disk that is really full, a file system that is read-only, a file that is damaged: nothing is acknowledged that is
//! not kept, the server says what is wrong, and where it can, it goes on by itself.
//!
//! The disks are small ones in memory; where they may not be mounted, these tests say that they were skipped.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, reason = "a test that fails here has failed")]

mod fake;
mod served;
mod support;

use fake::{Fake, REPOSITORY};
use serde_json::json;
use served::{Served, command, kept, opened};
use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};
use support::Place;

const INSTALLATION: u64 = 7;
/// Whatever takes longer than this has failed; nothing that works comes near.
const PATIENCE: Duration = Duration::from_secs(120);

/// A small disk of its own; unmounted with this value.
struct Disk {
    folder: PathBuf,
    _place: Place,
}

impl Disk {
    fn mount() -> Option<Self> {
        let place = Place::new();
        let disk = Self { folder: place.path("disk"), _place: place };
        std::fs::create_dir(&disk.folder).unwrap();
        if disk.is_done("mount", &["-t", "tmpfs", "-o", "size=2m", "none"]) {
            return Some(disk);
        }
        eprintln!("skipped: a disk cannot be mounted here");
        None
    }

    fn is_done(&self, program: &str, args: &[&str]) -> bool {
        Command::new(program).args(args).arg(&self.folder).output().is_ok_and(|out| out.status.success())
    }

    /// Takes all that is left of it.
    fn fill(&self) {
        let mut file = std::fs::File::create(self.folder.join("filler")).unwrap();
        for size in [4096, 1] {
            while file.write_all(&vec![0; size]).is_ok() {}
        }
    }

    fn free(&self) {
        std::fs::remove_file(self.folder.join("filler")).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        self.is_done("umount", &["-l"]);
    }
}

/// A repository with a pull request that has a gap.
fn github() -> (Place, Fake) {
    let place = Place::on_branch();
    place.service("services/gamma", "gamma", "rust");
    place.commit("A change");
    let id = |branch| place.git(&["rev-parse", branch]);
    let pull = json!({
        "number": 1, "state": "open", "draft": false, "title": "A change",
        "base": { "ref": "main", "sha": id("main") }, "head": { "ref": "change", "sha": id("change") },
    });
    let github = Fake::of(&place.root);
    {
        let mut state = github.state();
        state.login = "adrule[bot]".to_owned();
        state.tokens = Some(BTreeSet::new());
        state.pulls.push(pull);
    }
    (place, github)
}

fn until(what: &str, server: &Served, is_so: impl Fn() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < end, "never {what}: {}", server.said());
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn readiness(server: &Served) -> (u16, String) {
    server.caller().call("GET", "/readyz", &[], &[]).unwrap()
}

#[test]
fn a_full_disk_is_said_and_left_behind_without_anybodys_help() {
    let Some(disk) = Disk::mount() else { return };
    let (_place, github) = github();
    let mut server = Served::start(&mut command(&disk.folder, "adrule.db", &github.url));
    until("judged", &server, || github.comments(1).len() == 1);
    let deliver =
        |id: String, number| server.caller().deliver("pull_request", &id, &opened(INSTALLATION, REPOSITORY, number));
    let mut acknowledged = BTreeSet::new();
    for round in 0..3 {
        disk.fill();
        // A few more may find room in pages that are there.
        let refused = (0..2000).find(|at| {
            let id = format!("{round} {at}");
            match deliver(id.clone(), *at) {
                Some(202) => !acknowledged.insert(id),
                answer => {
                    assert_eq!(answer, Some(503));
                    true
                }
            }
        });
        assert!(refused.is_some(), "the disk was never full");
        server.hears("the disk of the database is full");
        until("not ready", &server, || readiness(&server).0 == 503);
        let (_, why) = readiness(&server);
        assert!(why.contains("full"), "{why}");
        disk.free();
        // The same delivery, as GitHub would send it again.
        let id = format!("{round} after");
        until("taken again", &server, || deliver(id.clone(), 1) == Some(202));
        acknowledged.insert(id);
        until("ready", &server, || readiness(&server).0 == 200);
    }
    until("at rest", &server, || served::due(&disk.folder.join("adrule.db")) == 0);
    assert!(server.is_running());
    assert!(server.stop().success());
    let kept = kept(&disk.folder.join("adrule.db"));
    assert!(acknowledged.is_subset(&kept), "{:?}", acknowledged.difference(&kept));
    assert_eq!(github.comments(1).len(), 1);
}

#[test]
fn a_read_only_disk_is_said_at_the_start() {
    let Some(disk) = Disk::mount() else { return };
    let (_place, github) = github();
    let server = Served::start(&mut command(&disk.folder, "adrule.db", &github.url));
    until("judged", &server, || github.comments(1).len() == 1);
    assert!(server.stop().success());
    assert!(disk.is_done("mount", &["-o", "remount,ro"]));
    let out = command(&disk.folder, "adrule.db", &github.url).output().unwrap();
    let said = String::from_utf8_lossy(&out.stderr);
    assert_eq!(out.status.code(), Some(2), "{said}");
    assert!(said.contains("cannot be written") && said.contains("adrule.db"), "{said}");
    // Mended, it starts, and knows what it said.
    assert!(disk.is_done("mount", &["-o", "remount,rw"]));
    let server = Served::start(&mut command(&disk.folder, "adrule.db", &github.url));
    until("ready", &server, || readiness(&server).0 == 200);
    until("at rest", &server, || served::due(&disk.folder.join("adrule.db")) == 0);
    assert_eq!(github.comments(1).len(), 1);
}

#[test]
fn a_damaged_file_is_said_and_without_it_everything_comes_back_from_github() {
    let (place, github) = github();
    let file = place.path(".git/adrule.db");
    let start = || Served::start(&mut command(&place.path(".git"), "adrule.db", &github.url));
    let server = start();
    until("judged", &server, || github.comments(1).len() == 1);
    until("at rest", &server, || served::due(&file) == 0);
    assert!(server.stop().success());
    // Everything into the one file; then all but its first page is something else.
    rusqlite::Connection::open(&file).unwrap().query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    let mut bytes = std::fs::read(&file).unwrap();
    assert!(bytes.len() > 4096 * 8);
    bytes[4096..].fill(0xa5);
    std::fs::write(&file, &bytes).unwrap();
    let out = support::within(command(&place.path(".git"), "adrule.db", &github.url), PATIENCE);
    let said = String::from_utf8_lossy(&out.stderr);
    assert_eq!(out.status.code(), Some(2), "{said}");
    assert!(said.contains("damaged") && said.contains("move the file away"), "{said}");
    assert_eq!(std::fs::read(&file).unwrap(), bytes, "what may be wanted for a rescue is left as it was");

    // As docs/operating.md says: moved away, started. Nothing is said twice.
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(place.path(&format!(".git/adrule.db{end}")));
    }
    let server = start();
    let is_known = || server.said().contains("looked over the open pull requests");
    until("looked over", &server, is_known);
    until("at rest", &server, || served::due(&file) == 0);
    assert_eq!(github.comments(1).len(), 1);
    assert_eq!(github.state().checks.len(), 1);
}
