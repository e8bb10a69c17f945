//! `adrule serve` as a process, and GitHub's side of its webhook.

// Each test file uses another part of this; a test that is skipped says so.
#![allow(dead_code, clippy::print_stderr)]

pub mod postgres;

use super::fake::APP_KEY;
use ring::hmac;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

pub const SECRET: &str = "a secret of the tests";
pub const APP: &str = "4711";
/// Whatever takes longer than this has failed; nothing that works comes near.
const PATIENCE: Duration = Duration::from_secs(120);

/// A running server. It is killed with this value.
pub struct Served {
    pub address: SocketAddr,
    child: Child,
    said: Arc<Mutex<String>>,
}

/// A server as it would be started, for the App of the tests. `ADRULE_PROGRAM` names another program than the one that was
/// built with the tests: an optimised one, for the long runs.
pub fn command(folder: &Path, database: &str, github: &str) -> Command {
    let mut command = Command::new(std::env::var_os("ADRULE_PROGRAM").unwrap_or(env!("CARGO_BIN_EXE_adrule").into()));
    command
        .arg("serve")
        .current_dir(folder)
        .env_clear()
        .env("ADRULE_LISTEN", "127.0.0.1:0")
        .env("ADRULE_DATABASE", database)
        .env("ADRULE_APP_ID", APP)
        .env("ADRULE_PRIVATE_KEY", String::from_utf8_lossy(APP_KEY).as_ref())
        .env("ADRULE_WEBHOOK_SECRET", SECRET)
        .env("ADRULE_API_URL", github)
        .env("ADRULE_GRAPHQL_URL", format!("{github}/graphql"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    command
}

impl Served {
    /// Starts it, and waits until it listens.
    pub fn start(command: &mut Command) -> Self {
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap());
        let said = Arc::new(Mutex::new(String::new()));
        let (tell, told) = mpsc::channel();
        let all = Arc::clone(&said);
        std::thread::spawn(move || {
            let mut line = String::new();
            while lines.read_line(&mut line).is_ok_and(|length| length > 0) {
                if let Some((_, address)) = line.split_once("listens on http://") {
                    let _ = tell.send(address.split('"').next().unwrap().trim().parse::<SocketAddr>());
                }
                all.lock().unwrap().push_str(&line);
                line.clear();
            }
        });
        match told.recv_timeout(PATIENCE) {
            Ok(address) => Self { address: address.unwrap(), child, said },
            Err(_) => {
                let _ = child.kill();
                panic!("it did not start: {}", said.lock().unwrap());
            }
        }
    }

    /// What it said so far.
    pub fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// Waits until it has said these words: they come through a pipe, and may come after the answer they go with.
    pub fn hears(&self, words: &str) {
        let until = Instant::now() + PATIENCE;
        while !self.said().contains(words) {
            assert!(Instant::now() < until, "it never said {words:?}: {}", self.said());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends it as a crash would.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to end, and waits for that.
    pub fn stop(mut self) -> ExitStatus {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.child.wait().unwrap()
    }

    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Memory in use, in KiB.
    pub fn memory(&self) -> u64 {
        self.status("VmRSS:")
    }

    /// The most memory that was ever in use, in KiB.
    pub fn most_memory(&self) -> u64 {
        self.status("VmHWM:")
    }

    fn status(&self, name: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }

    pub fn caller(&self) -> Caller {
        Caller::to(self.address)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `sha256=…`, as GitHub signs.
pub fn signature(secret: &str, body: &[u8]) -> String {
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()), body);
    tag.as_ref().iter().fold("sha256=".to_owned(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// What is sent beside the body.
pub type Headers<'a> = Vec<(&'a str, String)>;

/// The headers of a delivery as GitHub sends it.
pub fn headers(event: &str, id: &str, body: &[u8]) -> Headers<'static> {
    vec![
        ("content-type", "application/json".to_owned()),
        ("content-length", body.len().to_string()),
        ("x-github-event", event.to_owned()),
        ("x-github-delivery", id.to_owned()),
        ("x-github-hook-installation-target-id", APP.to_owned()),
        ("x-github-hook-installation-target-type", "integration".to_owned()),
        ("x-hub-signature-256", signature(SECRET, body)),
    ]
}

/// A client that keeps its connection as long as the server does.
pub struct Caller {
    address: SocketAddr,
    stream: Option<BufReader<TcpStream>>,
}

impl Caller {
    pub fn to(address: SocketAddr) -> Self {
        Self { address, stream: None }
    }

    /// Sends a delivery as GitHub would; its status, none where there was no answer.
    pub fn deliver(&mut self, event: &str, id: &str, body: &[u8]) -> Option<u16> {
        self.call("POST", "/webhooks/github", &headers(event, id, body), body).map(|(status, _)| status)
    }

    /// The status and the text of an answer.
    pub fn call(&mut self, method: &str, path: &str, headers: &[(&str, String)], body: &[u8]) -> Option<(u16, String)> {
        let was_open = self.stream.is_some();
        let answer = self.ask(method, path, headers, body);
        if answer.is_none() {
            self.stream = None;
            // The server closes one whose body it did not want to read; every client asks again then.
            if was_open {
                return self.ask(method, path, headers, body);
            }
        }
        answer
    }

    fn ask(&mut self, method: &str, path: &str, headers: &[(&str, String)], body: &[u8]) -> Option<(u16, String)> {
        if self.stream.is_none() {
            let stream = TcpStream::connect(self.address).ok()?;
            stream.set_read_timeout(Some(PATIENCE)).ok()?;
            stream.set_nodelay(true).ok()?;
            self.stream = Some(BufReader::new(stream));
        }
        let stream = self.stream.as_mut()?;
        let mut head = format!("{method} {path} HTTP/1.1\r\nhost: {}\r\n", self.address);
        for (name, value) in headers {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        head.push_str("\r\n");
        stream.get_mut().write_all(head.as_bytes()).ok()?;
        // Refused by its head, a body need not be read to its end.
        let is_sent = stream.get_mut().write_all(body).is_ok();
        let mut line = String::new();
        stream.read_line(&mut line).ok()?;
        let status = line.split(' ').nth(1)?.parse().ok()?;
        let (mut length, mut is_last) = (0, !is_sent);
        loop {
            line.clear();
            stream.read_line(&mut line).ok()?;
            let lower = line.trim_end().to_ascii_lowercase();
            match lower.split_once(": ") {
                Some(("content-length", value)) => length = value.parse().ok()?,
                Some(("connection", "close")) => is_last = true,
                Some(_) => {}
                None => break,
            }
        }
        let mut text = vec![0; length];
        stream.read_exact(&mut text).ok()?;
        if is_last {
            self.stream = None;
        }
        Some((status, String::from_utf8_lossy(&text).into_owned()))
    }
}

/// Logs in to the operator's page; the cookie of the session.
pub fn log_in(server: &Served, token: &str) -> String {
    let form = format!("token={token}");
    let mut stream = TcpStream::connect(server.address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let head =
        "POST /login HTTP/1.1\r\nhost: adrule\r\nconnection: close\r\ncontent-type: application/x-www-form-urlencoded";
    write!(stream, "{head}\r\ncontent-length: {}\r\n\r\n{form}", form.len()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: "));
    cookie.unwrap_or_else(|| panic!("{answer}")).split(';').next().unwrap().to_owned()
}

/// The payload of an opened pull request, as far as it is read.
pub fn opened(installation: u64, repository: &str, number: u64) -> Vec<u8> {
    serde_json::json!({
        "action": "opened",
        "number": number,
        "pull_request": { "number": number, "state": "open" },
        "repository": { "full_name": repository, "default_branch": "main" },
        "installation": { "id": installation },
    })
    .to_string()
    .into_bytes()
}

/// Numbers that look random and are the same each time.
pub struct Numbers(pub u64);

impl Numbers {
    pub fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

/// Seconds of CPU that a process has used.
pub fn cpu(process: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    // A tick is a hundredth of a second on every Linux.
    (fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap()) / 100.0
}

/// The deliveries that are in a file of SQLite.
pub fn kept(database: &Path) -> std::collections::BTreeSet<String> {
    let connection = rusqlite::Connection::open(database).unwrap();
    let mut statement = connection.prepare("SELECT id FROM deliveries").unwrap();
    let ids = statement.query_map([], |row| row.get(0)).unwrap();
    ids.collect::<Result<_, _>>().unwrap()
}

/// How many subjects are due in it, but for those that wait for a person.
pub fn due(database: &Path) -> u64 {
    let connection = rusqlite::Connection::open(database).unwrap();
    connection
        .query_row("SELECT COUNT(*) FROM jobs WHERE parked_at IS NULL", [], |row| row.get::<_, i64>(0))
        .unwrap()
        .unsigned_abs()
}

/// Why those subjects wait for a person that do.
pub fn parked(database: &Path) -> Vec<String> {
    let connection = rusqlite::Connection::open(database).unwrap();
    let mut statement = connection.prepare("SELECT why FROM jobs WHERE parked_at IS NOT NULL").unwrap();
    let why = statement.query_map([], |row| row.get(0)).unwrap();
    why.collect::<Result<_, _>>().unwrap()
}
