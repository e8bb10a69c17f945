//! How a running server says how it is: probes, numbers, the log, the page. From outside, over a real process.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

const TOKEN: &str = "correct-horse-battery-staple";
const KEY: &str = include_str!("fake/not-a-secret.pem");

/// A server; it ends with this value.
struct Served {
    child: Child,
    address: String,
    folder: PathBuf,
    log: Receiver<String>,
}

impl Served {
    fn start(name: &str, variables: &[(&str, &str)]) -> Self {
        let folder = std::env::temp_dir().join(format!("adrule-observing-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_adrule"));
        command.args(["serve", "--listen", "127.0.0.1:0"]).current_dir(&folder).env_clear();
        command.env("ADRULE_DATABASE", "adrule.db").envs(variables.iter().copied());
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let (said, log) = mpsc::channel();
        std::thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| said.send(line)));
        let address = loop {
            let line = log.recv_timeout(Duration::from_secs(60)).unwrap();
            if let Some((_, address)) = line.split_once("listens on http://") {
                // As a line of the log it may end in a quote.
                break address.split('"').next().unwrap().trim().to_owned();
            }
        };
        Self { child, address, folder, log }
    }

    /// Status, head and body of an answer.
    fn ask(&self, head: &str) -> (u16, String, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        write!(stream, "{head}\r\nHost: adrule\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head[9..12].parse().unwrap(), head.to_ascii_lowercase(), body.to_owned())
    }

    fn get(&self, path: &str) -> (u16, String, String) {
        self.ask(&format!("GET {path} HTTP/1.1"))
    }

    /// The names of the checks that are not so.
    fn in_the_way(&self) -> Vec<String> {
        let (status, _, body) = self.get("/readyz");
        let json: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!(status == 200, json["ready"].as_bool().unwrap(), "{body}");
        let checks = json["checks"].as_array().unwrap().iter();
        checks.filter(|check| check["ok"] == false).map(|check| check["name"].as_str().unwrap().to_owned()).collect()
    }

    /// Waits until a check is or is no longer in the way.
    fn until(&self, name: &str, is_in_the_way: bool) {
        for _ in 0..600 {
            if self.in_the_way().iter().any(|other| other == name) == is_in_the_way {
                return;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("{name} stays: {:?}", self.in_the_way());
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[test]
fn a_server_without_an_app_lives_and_says_what_it_lacks() {
    let served = Served::start("bare", &[("ADRULE_LOG_FORMAT", "json")]);
    assert_eq!(served.get("/healthz").2, "ok\n");
    assert_eq!(served.in_the_way(), ["token"]);
    let (status, head, words) = served.ask("GET /readyz HTTP/1.1\r\nAccept: text/plain");
    assert_eq!(status, 503);
    assert!(head.contains("cache-control: no-store"), "{head}");
    assert!(words.contains("NOT token: No token can be minted: no App is configured"), "{words}");
    // Off unless configured, and it says nothing of what is inside.
    assert_eq!(served.get("/").0, 404);
    let (status, head, text) = served.get("/metrics");
    assert_eq!(status, 200);
    assert!(head.contains("content-type: text/plain; version=0.0.4"), "{head}");
    for line in [
        concat!("adrule_build_info{version=\"", env!("CARGO_PKG_VERSION"), "\"} 1"),
        "adrule_queue_jobs{state=\"due\"} 0",
        "adrule_queue_oldest_seconds 0",
        "adrule_jobs_total{subject=\"pull\",outcome=\"parked\"} 0",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    // A delivery that nobody signed is counted by why it was refused.
    let (status, ..) = served.ask("POST /webhooks/github HTTP/1.1\r\nX-GitHub-Event: <push>\r\nContent-Length: 0");
    assert!(status >= 400, "{status}");
    let (.., text) = served.get("/metrics");
    assert!(text.contains("adrule_deliveries_total{event=\"other\",outcome=\"refused\""), "{text}");
    loop {
        // It comes through a pipe, and may come after the answer it goes with.
        let line = served.log.recv_timeout(Duration::from_secs(60)).unwrap();
        assert!(serde_json::from_str::<serde_json::Value>(&line).unwrap()["message"].is_string(), "{line}");
        if line.contains("not ready") {
            break;
        }
    }
}

#[test]
fn a_locked_store_is_seen_and_so_is_its_end() {
    let served = Served::start("locked", &[]);
    served.until("store", false);
    let other = rusqlite::Connection::open(served.folder.join("adrule.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    served.until("store", true);
    assert_eq!(served.get("/healthz").0, 200, "a restart would mend nothing");
    assert_eq!(served.get("/metrics").0, 200);
    other.execute_batch("ROLLBACK").unwrap();
    served.until("store", false);
}

#[test]
fn the_page_opens_with_the_token_and_shows_no_secret() {
    let secrets = ["canary-of-the-webhook", TOKEN, "MIIEpAIBAAKCAQEAtn7RmC"];
    let served = Served::start(
        "page",
        &[
            ("ADRULE_OPERATOR_TOKEN", TOKEN),
            ("ADRULE_APP_ID", "17"),
            ("ADRULE_PRIVATE_KEY", KEY),
            ("ADRULE_WEBHOOK_SECRET", secrets[0]),
            // Nobody is there.
            ("ADRULE_API_URL", "http://127.0.0.1:9"),
            ("ADRULE_LOG", "trace"),
        ],
    );
    let mut seen = vec![served.get("/").2];
    assert!(seen[0].contains("name=\"token\""), "{}", seen[0]);
    let form = format!("token={TOKEN}");
    let post = "POST /login HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded";
    // The head ends with a header of its own, so that the body can follow.
    let mut stream = TcpStream::connect(&served.address).unwrap();
    write!(stream, "{post}\r\nHost: adrule\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{form}", form.len())
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let cookie =
        answer.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap_or_else(|| panic!("{answer}"));
    assert!(cookie.contains("HttpOnly; SameSite=Strict"), "{cookie}");
    let session = cookie.split(';').next().unwrap();
    for path in ["/", "/pulls", "/rules", "/waivers", "/jobs"] {
        let (status, _, page) = served.ask(&format!("GET {path} HTTP/1.1\r\nCookie: {session}"));
        assert_eq!(status, 200, "{page}");
        seen.push(page);
    }
    seen.push(served.get("/readyz").2);
    seen.push(served.get("/metrics").2);
    seen.extend(served.log.try_iter());
    for secret in secrets {
        assert!(seen.iter().all(|text| !text.contains(secret)), "{secret}");
    }
}
