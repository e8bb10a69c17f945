//! `adrule serve` as the App of a GitHub that nobody here wrote: emulate verifies the App's JWT, holds its tokens to
//! their permissions, keeps what is written, and signs and sends what happens. `.ci/end-to-end` installs it; without it
//! these tests say that they were skipped.
//!
//! Emulate 0.12.2 does not send `installation`, `pull_request` with `synchronize`, and `merge_group`: those are signed and
//! sent by the tests. What else it lacks stands before it, in `server/front.mjs`, which says so.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails here has failed")]

mod fake;
mod pull;
mod served;
mod server;
mod support;

use pull::{Pull, run, verdict};
use serde_json::{Value, json};
use served::{Caller, Served};
use server::{REPOSITORY, Server};
use std::process::Command;
use std::time::{Duration, Instant};
use support::{Place, check_in, within};

/// As the server's script seeds it.
const INSTALLATION: u64 = 7;
const AUTHOR: &str = "adrule[bot]";
/// Whatever takes longer than this has failed; nothing that works comes near.
const PATIENCE: Duration = Duration::from_secs(120);

/// The App on a machine of its own.
struct App {
    folder: Place,
    served: Served,
}

impl App {
    fn of(server: &Server) -> Self {
        let folder = Place::new();
        let served = Served::start(&mut command(&folder, server));
        server.app_is_at(Some(served.address));
        Self { folder, served }
    }

    /// Sends what the server does not.
    fn deliver(&self, id: &str, event: &str, payload: Value) {
        let mut payload = payload;
        payload["installation"] = json!({ "id": INSTALLATION });
        payload["repository"] = json!({ "full_name": REPOSITORY, "default_branch": "main" });
        let body = payload.to_string();
        assert_eq!(Caller::to(self.served.address).deliver(event, id, body.as_bytes()), Some(202), "{event}");
    }

    fn get(&self, path: &str) -> (u16, String) {
        Caller::to(self.served.address).call("GET", path, &[], &[]).unwrap()
    }

    fn until(&self, what: &str, is_so: impl Fn() -> bool) {
        let end = Instant::now() + PATIENCE;
        while !is_so() {
            assert!(Instant::now() < end, "never {what}: {}", self.served.said());
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Waits until nothing is due any more.
    fn rests(&self) {
        self.until("at rest", || served::due(&self.folder.path("adrule.db")) == 0);
    }
}

fn command(folder: &Place, server: &Server) -> Command {
    let mut command = served::command(&folder.root, "adrule.db", &server.url);
    command.env("ADRULE_PRIVATE_KEY", server.token("key")).env("ADRULE_WEB_URL", &server.url);
    command
}

/// A text without what is of one server, one day or one way to read a repository: all that may differ between the App
/// and a job.
fn anywhere(text: &str, server: &Server) -> String {
    let job = "Read through GitHub's interface: a job with a token that may write reads no checkout.\\n\\n";
    let text = text.replace(&server.url, "http://the-server").replace(job, "");
    // `…on `main` (`0035cde`), 2026-11-22. …`
    let mut parts = text.split("`), 20");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + "`), 20" + &"x".repeat(8) + part.get(8..).unwrap_or_default())
}

/// The checks on a commit, each with its words and annotations; nothing of them is of one server or one time only.
fn checks(server: &Server, head: &str) -> Vec<Value> {
    let all = server.get(&format!("/commits/{head}/check-runs"));
    let one = |run: &Value| {
        // In an object, unlike GitHub's, and without titles.
        let notes = server.get(&format!("/check-runs/{}/annotations", run["id"]));
        let note = |note: &Value| {
            json!(["path", "start_line", "end_line", "annotation_level", "message"].map(|key| &note[key]))
        };
        let notes: Vec<Value> = notes["check_annotations"].as_array().unwrap().iter().map(note).collect();
        let text = ["title", "summary", "text"].map(|key| run["output"][key].clone());
        let all = json!({
            "name": run["name"], "status": run["status"], "conclusion": run["conclusion"], "text": text, "notes": notes,
        });
        serde_json::from_str(&anywhere(&all.to_string(), server)).unwrap()
    };
    all["check_runs"].as_array().unwrap().iter().map(one).collect()
}

/// The one comment, with its id; none where there is none yet.
fn comment(pull: &Pull) -> Option<(u64, String)> {
    let mut all = pull.server.comments(pull.number);
    assert!(all.len() < 2 && all.iter().all(|(_, author, _)| author == AUTHOR), "{all:?}");
    all.pop().map(|(id, _, body)| (id, body))
}

/// What a check came to, if it was written.
fn conclusion(pull: &Pull, head: &str) -> Option<String> {
    let found = checks(&pull.server, head);
    assert!(found.len() < 2, "{found:?}");
    Some(found.first()?["conclusion"].as_str()?.to_owned())
}

/// Several gaps of several kinds, not yet opened as a pull request.
fn with_gaps() -> Option<Pull> {
    let mut pull = Pull::not_yet_open()?;
    pull.change(|place| {
        place.service("services/delta", "delta", "rust");
        place.write(
            "services/delta/docs/adr/0001-rust.md",
            "# Why delta is in Rust\n\nThe prototype used 62 MB of memory.\n",
        );
    });
    Some(pull)
}

#[test]
fn the_same_commit_gets_the_same_words_from_command_line_action_and_app() {
    let (Some(mut of_action), Some(mut of_app)) = (with_gaps(), with_gaps()) else { return };
    of_action.open();
    let nowhere = Place::new();
    let check = check_in(&of_action.place.root, &["--base", "HEAD^1"]);
    let job = of_action.run("own", &nowhere.root, &[]);
    let (owner, _) = REPOSITORY.split_once('/').unwrap();
    let event = json!({ "workflow_run": {
        "event": "pull_request", "head_branch": "change", "head_sha": of_action.head(),
        "head_repository": { "owner": { "login": owner } },
    } });
    let half = run(&of_action.server, "half", ("workflow_run", &event, &of_action.base), &nowhere.root, &[]);

    let app = App::of(&of_app.server);
    of_app.open();
    app.until("checked", || conclusion(&of_app, &of_app.head()).is_some());
    app.rests();

    // Findings, services and what was judged: the command line's are the Action's, in both of its halves.
    assert!(check.findings().len() >= 2, "{:?}", check.findings());
    assert_eq!(job.verdict(), verdict(&check.json));
    assert_eq!(half.report["findings"], check.json["findings"]);
    // The App has no report to compare; it has the check and the comment, which are the Action's to the word.
    assert_eq!((of_app.head(), of_app.number), (of_action.head(), of_action.number));
    let (theirs, ours) = (checks(&of_action.server, &of_action.head()), checks(&of_app.server, &of_app.head()));
    assert_eq!((ours.len(), &ours), (1, &theirs));
    let said = |pull: &Pull| {
        let [(_, _, body)] = &pull.server.comments(pull.number)[..] else { panic!("not one comment") };
        anywhere(body, &pull.server)
    };
    // Only the App hears of commands.
    assert_eq!(said(&of_app).replace(" `/adrule recheck` looks again.", ""), said(&of_action));
    // And those are the command line's: each finding at its line, in its words.
    for finding in check.json["findings"].as_array().unwrap() {
        let message = finding["message"].as_str().unwrap();
        let is_it = |note: &Value| {
            note.as_array().unwrap().iter().any(|part| part.as_str().is_some_and(|part| part.contains(message)))
        };
        assert!(ours[0]["notes"].as_array().unwrap().iter().any(is_it), "{message} is not in {}", ours[0]);
    }
    of_action.server.writes_are_documented();
    of_app.server.writes_are_documented();
}

#[test]
fn a_pull_request_from_its_opening_to_its_end() {
    let Some(mut pull) = Pull::not_yet_open() else { return };
    let app = App::of(&pull.server);
    // Installed: what is open is looked over, and that is nothing.
    app.deliver("installed", "installation", json!({ "action": "created" }));
    app.rests();

    // Opened with a gap: one comment and one check.
    pull.open();
    let first = pull.head();
    app.until("checked", || conclusion(&pull, &first).is_some());
    app.rests();
    assert_eq!(conclusion(&pull, &first).as_deref(), Some("failure"));
    let (id, body) = comment(&pull).unwrap();
    assert!(body.contains("gamma"), "{body}");

    // Wanted again by somebody: the server sets the check back and sends `rerequested`, and it is written again.
    let check = pull.server.get(&format!("/commits/{first}/check-runs"))["check_runs"][0]["id"].clone();
    pull.server.ask("POST", &format!("/check-runs/{check}/rerequest"), &Value::Null);
    app.until("checked again", || conclusion(&pull, &first).is_some());
    app.rests();
    assert_eq!((conclusion(&pull, &first).as_deref(), comment(&pull)), (Some("failure"), Some((id, body))));

    // In a merge queue: the group is judged, and gets a check of its own.
    let group = json!({ "base_sha": pull.base, "head_sha": pull.merge, "base_ref": "refs/heads/main" });
    app.deliver("queued", "merge_group", json!({ "action": "checks_requested", "merge_group": group }));
    app.until("checked as a group", || conclusion(&pull, &pull.merge).is_some());
    assert_eq!(conclusion(&pull, &pull.merge).as_deref(), Some("failure"));

    // Mended: the same comment, in one line, and a check that says so.
    pull.change(|place| place.service("services/gamma", "gamma", "go"));
    let opened = json!({ "number": pull.number });
    app.deliver("pushed", "pull_request", json!({ "action": "synchronize", "pull_request": opened }));
    app.until("checked anew", || conclusion(&pull, &pull.head()).is_some());
    app.rests();
    assert_eq!(conclusion(&pull, &pull.head()).as_deref(), Some("success"));
    let (same, body) = comment(&pull).unwrap();
    assert!(same == id && body.contains("All set"), "{body}");

    // The page changes on `main`, which the server tells itself: the open pull request is judged by the new one.
    pull.place.git(&["checkout", "-q", "main"]);
    pull.place.write("adrule.yaml", support::PAGE.replace("go", "java").replace("rust", "go"));
    pull.place.commit("Java is the default, Go needs a reason");
    let main = pull.place.git(&["rev-parse", "main"]);
    pull.server.push(&|args| pull.place.git(args), &main, "refs/heads/main");
    app.until("judged by the new page", || conclusion(&pull, &pull.head()).as_deref() == Some("failure"));
    app.rests();
    assert!(comment(&pull).unwrap().1.contains("is written in Go"), "{:?}", comment(&pull));

    // Closed: nothing is written any more, whatever is asked for.
    pull.server.ask("PATCH", &format!("/pulls/{}", pull.number), &json!({ "state": "closed" }));
    app.until("told of the end", || pull.server.sent().iter().filter(|sent| sent.0 == "pull_request").count() >= 2);
    app.rests();
    let writes = pull.server.writes();
    app.deliver("late", "pull_request", json!({ "action": "synchronize", "pull_request": { "number": pull.number } }));
    app.rests();
    assert_eq!(pull.server.writes(), writes);
    let sent = pull.server.sent();
    assert!(sent.iter().all(|(_, status, _)| *status == 202), "{sent:?}");
    let log = app.served.said();
    assert!(!log.contains("parked") && !log.contains("ERROR"), "{log}");
    pull.server.writes_are_documented();
}

#[test]
fn a_server_says_whether_it_is_ready_and_what_is_wrong_with_it() {
    let Some(server) = Server::start() else { return };
    let app = App::of(&server);
    app.until("ready", || app.get("/readyz").0 == 200);
    let check = |key: Option<&str>| {
        let mut command = command(&app.folder, &server);
        command.arg("--check").env("ADRULE_DATABASE", "another.db").envs(key.map(|key| ("ADRULE_PRIVATE_KEY", key)));
        let out = within(command, PATIENCE);
        (out.status.code(), String::from_utf8(out.stdout).unwrap().replace(&server.url, "http://the-server"))
    };
    let (code, said) = check(None);
    for line in [
        "GitHub is reached at http://the-server",
        "the key is that of the App `adrule` (4711)",
        "permissions and events are enough",
        "GitHub sends deliveries to http://the-server/webhooks/github",
        "installed by a-team, on all repositories",
        "a token was minted for a-team",
    ] {
        assert!(said.contains(line), "{line} is not in {said}");
    }
    assert_eq!(code, Some(0), "{said}");

    // Another's key: the server verifies signatures.
    let key = String::from_utf8(fake::APP_KEY.to_vec()).unwrap();
    let (code, said) = check(Some(&key));
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("GitHub refuses the key as that of the App 4711"), "{said}");
    let folder = Place::new();
    let other = Served::start(command(&folder, &server).env("ADRULE_PRIVATE_KEY", &key));
    let (status, body) = Caller::to(other.address).call("GET", "/readyz", &[], &[]).unwrap();
    assert!(status == 503 && body.contains("token"), "{status} {body}");
}

#[test]
fn a_delivery_that_was_lost_is_asked_for_and_sent_again() {
    let Some(mut pull) = Pull::not_yet_open() else { return };
    // Nobody is there to hear of it.
    pull.open();
    let lost = || pull.server.sent().into_iter().filter(|(event, ..)| event == "pull_request").collect::<Vec<_>>();
    let end = Instant::now() + PATIENCE;
    while lost().is_empty() && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(lost(), [("pull_request".to_owned(), 0, false)]);
    let app = App::of(&pull.server);
    app.until("asked", || lost().contains(&("pull_request".to_owned(), 202, true)));
    app.until("checked", || conclusion(&pull, &pull.head()).is_some());
    app.rests();
    assert!(comment(&pull).is_some());
}
