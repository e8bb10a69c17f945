//! No secret leaves: key, webhook secrets, the operator's token, the App's proofs and the installations' tokens are in no
//! line of the log, no page, no answer, no number, no comment, no check, no trace and not in the database, while every
//! kind of call to GitHub goes wrong in every way, and GitHub's own words repeat the token that it was asked with.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails here has failed")]

mod fake;
mod served;
mod support;

use fake::{Asked, Fake, Fault, REPOSITORY, Wrong};
use serde_json::{Value, json};
use served::{Served, command, headers, signature};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use support::Place;

const WEBHOOK: &str = "canary-of-the-webhook";
const BEFORE: &str = "canary-of-the-secret-before";
const OPERATOR: &str = "canary-of-the-operator";
const TOKEN: &str = "canary-of-the-installation";
/// As long as the log is read, whatever takes longer has failed.
const PATIENCE: Duration = Duration::from_secs(300);
const PULLS: u64 = 48;

/// The kinds of calls that have to have gone wrong, each in every way.
const KINDS: &[&str] = &[
    "POST /app/installations/N/access_tokens",
    "POST /graphql",
    "GET /repos/a-team/estate/pulls/N",
    "GET /repos/a-team/estate/compare/N",
    "GET /repos/a-team/estate/git/trees/N",
    "POST /repos/a-team/estate/issues/N/comments",
    "PATCH /repos/a-team/estate/issues/comments/N",
    "GET /repos/a-team/estate/commits/N/check-runs",
    "POST /repos/a-team/estate/check-runs",
];
/// Those that are made seldom: each has to have gone wrong at least once.
const SELDOM: &[&str] = &[
    "GET /app/hook/deliveries",
    "GET /app/installations",
    "GET /installation/repositories",
    "GET /repos/a-team/estate/issues/N/comments",
    "GET /repos/a-team/estate/pulls",
];

fn ways(kind: &str) -> Vec<Wrong> {
    // An answer that is not understood; that to the wish for a token holds one all the same.
    let shape = if kind.ends_with("access_tokens") { "\"canary-of-the-installation\"" } else { "\"another shape\"" };
    let garbage = Wrong::Instead(200, Vec::new(), shape);
    vec![Wrong::Echo(422), Wrong::Echo(500), Wrong::Echo(401), Wrong::Cut, garbage, Wrong::Echo(403)]
}

/// In how many ways calls went wrong, by kind.
type Gone = Arc<Mutex<BTreeMap<String, usize>>>;

/// Of each kind of call one asker after the other has it go wrong, in one way twice, so that a second try of the client's
/// own does not hide it; until that happened in every way.
fn go_wrong(github: &Fake) -> Gone {
    let gone = Gone::default();
    let (counts, mut askers) = (Arc::clone(&gone), BTreeMap::<(String, String), (usize, u32)>::new());
    github.state().whim = Some(Box::new(move |asked| {
        let kind = kind(asked);
        let token = asked.token.clone().unwrap_or_default();
        // A proof is another one each second.
        let is_app = token.split('.').count() == 3;
        let asker = match is_app {
            true if kind.ends_with("access_tokens") => asked.path.clone(),
            true => String::new(),
            false => token,
        };
        let mut counts = counts.lock().unwrap();
        let ways = ways(&kind);
        let (way, times) = askers.entry((kind.clone(), asker)).or_insert((usize::MAX, 2));
        let is_next = *way == usize::MAX || (is_app && *times == 0);
        if is_next {
            let count = counts.entry(kind).or_default();
            (*way, *times) = (*count, 2);
            *count = ways.len().min(*count + 1);
        }
        let wrong = ways.get(*way).filter(|_| *times > 0)?.clone();
        *times -= 1;
        Some(wrong)
    }));
    gone
}

/// A call without what is of one pull request only.
fn kind(asked: &Asked) -> String {
    let is_name =
        |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()) || part.split("...").any(|id| id.len() == 40);
    let parts = asked.path.split('/').map(|part| if !part.is_empty() && is_name(part) { "N" } else { part });
    format!("{} {}", asked.method, parts.collect::<Vec<_>>().join("/"))
}

struct Estate {
    place: Place,
    github: Fake,
    heads: [String; 2],
}

impl Estate {
    fn new() -> Self {
        let place = Place::repository();
        let heads = ["rust", "go"].map(|language| {
            place.git(&["checkout", "-q", "-B", language, "main"]);
            place.service("services/gamma", "gamma", language);
            place.commit("A change");
            place.git(&["rev-parse", "HEAD"])
        });
        place.git(&["checkout", "-q", "main"]);
        let github = Fake::of(&place.root);
        {
            let mut state = github.state();
            state.login = "adrule[bot]".to_owned();
            state.tokens = Some(std::collections::BTreeSet::new());
            state.token = TOKEN;
            // Lost, so that they are asked for again.
            state.app.deliveries = vec![json!({
                "id": 1, "guid": "a lost one", "delivered_at": "2099-01-01T00:00:00Z", "status_code": 502,
                "event": "push",
            })];
        }
        Self { place, github, heads }
    }

    fn push(&self, head: usize) {
        let base = self.place.git(&["rev-parse", "main"]);
        let pull = |number: u64| {
            json!({
                "number": number, "state": "open", "draft": false, "title": "A change",
                "base": { "ref": "main", "sha": base },
                "head": { "ref": "change", "sha": self.heads[head] },
            })
        };
        self.github.state().pulls = (1..=PULLS).map(pull).collect();
    }
}

/// Everything that anybody can see.
#[derive(Default)]
struct Seen(Vec<(String, String)>);

impl Seen {
    fn add(&mut self, what: &str, text: impl Into<String>) {
        self.0.push((what.to_owned(), text.into()));
    }

    fn has_none_of(&self, secrets: &[String]) {
        for (what, text) in &self.0 {
            for secret in secrets {
                let at = text.find(secret.as_str());
                let around = at.map(|at| text[at.saturating_sub(300)..].chars().take(500).collect::<String>());
                assert!(at.is_none(), "{what} shows {secret}: {}", around.unwrap_or_default());
            }
        }
    }
}

/// What must not be seen: what the server was given, and what it proved itself with.
fn secrets(github: &Fake) -> Vec<String> {
    let mut all: Vec<String> = [WEBHOOK, BEFORE, OPERATOR, TOKEN].map(str::to_owned).to_vec();
    let key = String::from_utf8_lossy(fake::APP_KEY).into_owned();
    all.extend(key.lines().filter(|line| !line.starts_with('-')).map(|line| line.trim().chars().take(24).collect()));
    let state = github.state();
    let proofs = state.asked.iter().filter_map(|asked| asked.token.as_ref()?.rsplit_once('.').map(|(_, last)| last));
    all.extend(proofs.map(str::to_owned));
    let sent = state.asked.iter().filter(|asked| asked.token.as_ref().is_some_and(|token| token.starts_with(TOKEN)));
    assert!(sent.count() > 100 && all.len() > 30, "tokens and proofs were used");
    all
}

fn deliver(server: &Served, id: &str, event: &str, installation: u64, mut payload: Value) -> u16 {
    payload["installation"] = json!({ "id": installation });
    payload["repository"] = json!({ "full_name": REPOSITORY, "default_branch": "main" });
    let body = payload.to_string();
    let mut headers = headers(event, id, body.as_bytes());
    headers.retain(|(name, _)| *name != "x-hub-signature-256");
    headers.push(("x-hub-signature-256", signature(WEBHOOK, body.as_bytes())));
    server.caller().call("POST", "/webhooks/github", &headers, body.as_bytes()).unwrap().0
}

/// Waits until nothing is due any more.
fn rests(server: &Served, place: &Place) {
    let end = Instant::now() + PATIENCE;
    while served::due(&place.path(".git/adrule.db")) > 0 {
        assert!(Instant::now() < end, "{} are due: {}", served::due(&place.path(".git/adrule.db")), server.said());
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// Every page, as somebody who knows the operator's token sees it, and what others see.
fn look(server: &Served, seen: &mut Seen) {
    let form = |text: &str| {
        vec![
            ("content-type", "application/x-www-form-urlencoded".to_owned()),
            ("content-length", text.len().to_string()),
        ]
    };
    let mut post = |path: &str, text: &str| {
        let (status, body) = server.caller().call("POST", path, &form(text), text.as_bytes()).unwrap();
        seen.add(&format!("POST {path}"), body);
        status
    };
    assert_eq!(post("/login", "token=a+wrong+one"), 401);
    post("/jobs/retry", "job=1&form=forged");
    let cookie = served::log_in(server, OPERATOR);
    for path in ["/", "/pulls", "/rules", "/waivers", "/jobs", "/setup", "/healthz", "/readyz", "/metrics", "/nowhere"]
    {
        for headers in [vec![], vec![("cookie", cookie.clone())]] {
            let (status, body) = server.caller().call("GET", path, &headers, b"").unwrap();
            assert!(!path.starts_with("/j") || headers.is_empty() || status == 200, "{path}: {status}");
            seen.add(&format!("GET {path} {status}"), body);
        }
    }
}

#[test]
fn no_secret_is_seen_anywhere_whatever_goes_wrong() {
    let estate = Estate::new();
    let gone = go_wrong(&estate.github);
    let (mut seen, traces) = (Seen::default(), traces::collect());
    for (format, head) in [("text", 0), ("json", 1)] {
        estate.push(head);
        let mut command = command(&estate.place.path(".git"), "adrule.db", &estate.github.url);
        command.env("ADRULE_WEBHOOK_SECRET", WEBHOOK).env("ADRULE_WEBHOOK_SECRET_PREVIOUS", BEFORE);
        command.env("ADRULE_OPERATOR_TOKEN", OPERATOR).env("ADRULE_LOG", "trace").env("ADRULE_LOG_FORMAT", format);
        command.env("ADRULE_WORKERS", "16").envs(traces.setting());
        let server = Served::start(&mut command);
        for number in 1..=PULLS {
            let payload = json!({ "action": "synchronize", "pull_request": { "number": number } });
            // An installation each: none waits for the pace of another.
            assert_eq!(deliver(&server, &format!("{format} {number}"), "pull_request", number, payload), 202);
        }
        let payload = json!({ "action": "created" });
        assert_eq!(deliver(&server, &format!("{format} installed"), "installation", 1, payload), 202);
        server.caller().call("GET", "/readyz", &[], b"").unwrap();
        rests(&server, &estate.place);
        look(&server, &mut seen);
        let said = server.said();
        let database = [".git/adrule.db", ".git/adrule.db-wal"].map(|name| estate.place.path(name));
        for file in database.iter().filter(|file| file.exists()) {
            seen.add("the database", String::from_utf8_lossy(&std::fs::read(file).unwrap()));
        }
        if head == 0 {
            for words in ["answered 422", "answered 500", "gave no answer", "not understood", "parked"] {
                assert!(said.contains(words), "the log does not say {words:?}: {said}");
            }
        }
        assert!(server.stop().success());
        seen.add(&format!("the log as {format}"), said);
    }
    estate.github.state().whim = None;
    for (method, path) in [
        ("GET", "/app"),
        ("GET", "/app/hook/config"),
        ("GET", "/app/installations"),
        ("POST", "/access_tokens"),
        ("GET", "/installation/repositories"),
    ] {
        estate.github.state().faults = vec![Fault { method, path, times: 9, wrong: Wrong::Echo(403) }];
        let mut check = command(&estate.place.path(".git"), "another.db", &estate.github.url);
        check.arg("--check").env("ADRULE_WEBHOOK_SECRET", WEBHOOK).env("ADRULE_OPERATOR_TOKEN", OPERATOR);
        let out = support::within(check, PATIENCE);
        assert_eq!(out.status.code(), Some(2), "{path}");
        seen.add("serve --check", String::from_utf8_lossy(&[out.stdout, out.stderr].concat()));
    }

    let gone = gone.lock().unwrap().clone();
    for kind in KINDS {
        assert_eq!(gone.get(*kind), Some(&ways(kind).len()), "{kind} of {gone:#?}");
    }
    for kind in SELDOM {
        assert!(gone.contains_key(*kind), "{kind} of {gone:#?}");
    }
    let state = estate.github.state();
    assert!(state.comments.len() > 9 && state.checks.len() > 1, "{} {}", state.comments.len(), state.checks.len());
    seen.add("comments", format!("{:?}", state.comments));
    seen.add("checks", format!("{:?} {:?} {:?}", state.checks, state.statuses, state.reviews));
    drop(state);
    traces.add_to(&mut seen);
    seen.has_none_of(&secrets(&estate.github));
}

#[cfg(not(feature = "otlp"))]
mod traces {
    pub struct Traces;

    pub fn collect() -> Traces {
        Traces
    }

    impl Traces {
        pub fn setting(&self) -> Option<(&'static str, String)> {
            None
        }

        pub fn add_to(&self, _: &mut super::Seen) {}
    }
}

/// A collector of traces: what it was sent.
#[cfg(feature = "otlp")]
mod traces {
    use std::io::{BufRead as _, BufReader, Read as _, Write as _};
    use std::net::{TcpListener, TcpStream};
    use std::sync::{Arc, Mutex};

    pub struct Traces {
        url: String,
        sent: Arc<Mutex<Vec<u8>>>,
    }

    pub fn collect() -> Traces {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let sent = Arc::new(Mutex::new(Vec::new()));
        let all = Arc::clone(&sent);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (stream, all) = (stream.unwrap(), Arc::clone(&all));
                std::thread::spawn(move || take(stream, &all));
            }
        });
        Traces { url, sent }
    }

    fn take(mut stream: TcpStream, all: &Mutex<Vec<u8>>) -> Option<()> {
        let mut reader = BufReader::new(stream.try_clone().ok()?);
        loop {
            let mut length = 0;
            loop {
                let mut line = String::new();
                if reader.read_line(&mut line).ok()? == 0 {
                    return None;
                }
                if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length: ") {
                    length = value.trim().parse().ok()?;
                }
                all.lock().unwrap().extend(line.as_bytes());
                if line.trim().is_empty() {
                    break;
                }
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).ok()?;
            all.lock().unwrap().extend(body);
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").ok()?;
        }
    }

    impl Traces {
        pub fn setting(&self) -> Option<(&'static str, &str)> {
            Some(("ADRULE_OTLP_ENDPOINT", &self.url))
        }

        pub fn add_to(&self, seen: &mut super::Seen) {
            let sent = self.sent.lock().unwrap();
            let text = String::from_utf8_lossy(&sent).into_owned();
            assert!(text.contains("a-team/estate"), "jobs were traced");
            seen.add("traces", text);
        }
    }
}
