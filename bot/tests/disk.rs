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

    /// A disk in a file, which can turn read-only under whoever writes to it.
    fn mount_file() -> Option<Self> {
        let place = Place::new();
        let disk = Self { folder: place.path("disk"), _place: place };
        std::fs::create_dir(&disk.folder).unwrap();
        let image = disk.image();
        std::fs::File::create(&image).unwrap().set_len(16 << 20).unwrap();
        let is_made = Command::new("mkfs.ext4").arg("-q").arg(&image).output().is_ok_and(|out| out.status.success());
        if is_made && disk.mount_image() {
            return Some(disk);
        }
        eprintln!("skipped: a disk cannot be mounted here");
        None
    }

    fn image(&self) -> PathBuf {
        self.folder.with_extension("image")
    }

    fn mount_image(&self) -> bool {
        self.is_done("mount", &["-o", "loop", self.image().to_str().unwrap()])
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
fn a_disk_that_turns_read_only_under_the_server_takes_nothing_that_was_acknowledged() {
    let Some(disk) = Disk::mount_file() else { return };
    let (_place, github) = github();
    let file = disk.folder.join("adrule.db");
    let mut server = Served::start(&mut command(&disk.folder, "adrule.db", &github.url));
    until("judged", &server, || github.comments(1).len() == 1);
    let deliver = |id: &str| server.caller().deliver("pull_request", id, &opened(INSTALLATION, REPOSITORY, 1));
    let before: BTreeSet<String> = (0..20).map(|at| format!("before {at}")).collect();
    assert!(before.iter().all(|id| deliver(id) == Some(202)));
    until("at rest", &server, || served::due(&file) == 0);
    // As the kernel does after a fault of the disk.
    assert!(disk.is_done("mount", &["-o", "remount,abort"]));
    for at in 0..5 {
        assert_eq!(deliver(&format!("after {at}")), Some(503));
    }
    server.hears("the database cannot be written to");
    until("not ready", &server, || readiness(&server).0 == 503);
    let (_, why) = readiness(&server);
    assert!(why.contains("read-only") || why.contains("Read-only"), "{why}");
    assert!(server.is_running());
    assert!(server.stop().success());
    // Mended, as a person would. What was said is known.
    assert!(disk.is_done("umount", &[]));
    let mended = Command::new("e2fsck").arg("-fy").arg(disk.image()).output().unwrap();
    assert!(mended.status.code().is_some_and(|code| code <= 1), "{mended:?}");
    assert!(disk.mount_image());
    let server = Served::start(&mut command(&disk.folder, "adrule.db", &github.url));
    until("ready", &server, || readiness(&server).0 == 200);
    until("at rest", &server, || served::due(&file) == 0);
    let kept = kept(&file);
    assert!(before.is_subset(&kept), "{:?}", before.difference(&kept));
    assert_eq!(github.comments(1).len(), 1);
}

#[test]
fn a_file_that_is_damaged_under_the_server_is_said_and_another_in_its_place_is_used_at_once() {
    let (place, github) = github();
    let file = place.path(".git/adrule.db");
    let server = Served::start(&mut command(&place.path(".git"), "adrule.db", &github.url));
    until("judged", &server, || github.comments(1).len() == 1);
    until("at rest", &server, || served::due(&file) == 0);
    let deliver = |id: &str| server.caller().deliver("pull_request", id, &opened(INSTALLATION, REPOSITORY, 1));
    {
        // Another hand on the file: what the server has in memory of it does not count any more.
        let other = rusqlite::Connection::open(&file).unwrap();
        other.busy_timeout(PATIENCE).unwrap();
        other.execute("INSERT INTO notes (name, content) VALUES ('other', 'x')", []).unwrap();
        other.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    }
    let mut bytes = std::fs::read(&file).unwrap();
    assert!(bytes.len() > 4096 * 8);
    bytes[4096..].fill(0xa5);
    std::fs::write(&file, &bytes).unwrap();
    for at in 0..5 {
        assert_eq!(deliver(&format!("damaged {at}")), Some(503));
    }
    server.hears("the database file is damaged");
    until("not ready", &server, || readiness(&server).0 == 503);
    let (_, why) = readiness(&server);
    assert!(why.contains("damaged"), "{why}");
    // Moved away, while the server runs.
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::rename(place.path(&format!(".git/adrule.db{end}")), place.path(&format!(".git/away{end}")));
    }
    until("taken again", &server, || deliver("again") == Some(202));
    until("ready", &server, || readiness(&server).0 == 200);
    until("at rest", &server, || served::due(&file) == 0);
    assert!(kept(&file).contains("again"));
    // The pull request is judged anew, and nothing is said twice.
    assert_eq!(github.comments(1).len(), 1);
    assert!(server.stop().success());
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
