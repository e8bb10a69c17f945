//! A server of others, `emulate`, with the commits of a repository of ours.

// Each test file uses another part of this; a test that is skipped says so.
#![allow(dead_code, clippy::print_stderr)]

use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// As the server's script seeds it.
pub const REPOSITORY: &str = "a-team/services";

/// A running server; it ends with this value.
pub struct Server {
    pub url: String,
    tokens: BTreeMap<String, String>,
    /// The ids of the objects and the references that it has.
    known: RefCell<BTreeSet<String>>,
    child: Child,
}

impl Server {
    /// Starts one, where `ADRULE_EMULATE` says in which folder the package is.
    pub fn start() -> Option<Self> {
        let Some(package) = std::env::var_os("ADRULE_EMULATE") else {
            eprintln!("skipped: ADRULE_EMULATE is not set, .ci/end-to-end sets it");
            return None;
        };
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/server/emulate.mjs");
        let mut command = Command::new("node");
        command.arg(script).arg(package).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let (said, heard) = mpsc::channel();
        std::thread::spawn(move || {
            let mut line = String::new();
            let _ = lines.read_line(&mut line);
            let _ = said.send(line);
        });
        let line = heard.recv_timeout(Duration::from_secs(60)).unwrap();
        let start: Value = serde_json::from_str(&line).unwrap();
        let token = |(job, token): (&String, &Value)| (job.clone(), token.as_str().unwrap().to_owned());
        Some(Self {
            url: start["url"].as_str().unwrap().to_owned(),
            tokens: start["tokens"].as_object().unwrap().iter().map(token).collect(),
            known: RefCell::default(),
            child,
        })
    }

    /// The token of a job (`own`, `fork` or `half`), or the `key` of the App that they are of.
    pub fn token(&self, job: &str) -> &str {
        &self.tokens[job]
    }

    /// Asks below the repository, as somebody who may push; the body of an answer that is a success.
    pub fn ask(&self, method: &str, path: &str, body: &Value) -> Value {
        let (status, answer) = self.curl(method, &format!("/repos/{REPOSITORY}{path}"), body);
        assert!((200..300).contains(&status), "{method} {path}: {status} {answer}");
        answer
    }

    pub fn get(&self, path: &str) -> Value {
        self.ask("GET", path, &Value::Null)
    }

    /// What was written since the server started, but for tokens, and for what [`Self::push`] and [`Self::ask`] did with
    /// git's objects, branches and pull requests: `METHOD path status`.
    pub fn writes(&self) -> Vec<String> {
        let (_, asked) = self.curl("GET", "/_asked", &Value::Null);
        let lines = asked.as_array().unwrap().iter().map(|line| line.as_str().unwrap().to_owned());
        let ours = |line: &String| {
            let others = ["/git/", "/pulls ", "/graphql ", "/access_tokens "];
            !line.starts_with("GET ") && !others.iter().any(|other| line.contains(other))
        };
        lines.filter(ours).collect()
    }

    /// Where the App's deliveries go from now on; none: nowhere.
    pub fn app_is_at(&self, address: Option<std::net::SocketAddr>) {
        let to = address.map(|address| format!("http://{address}"));
        assert_eq!(self.curl("POST", "/_app", &json!({ "to": to })).0, 200);
    }

    /// The attempts to deliver to the App so far: the event, the status of the answer (0: none), and whether it was an
    /// attempt that the App had asked for.
    pub fn sent(&self) -> Vec<(String, u64, bool)> {
        let (_, sent) = self.curl("GET", "/_sent", &Value::Null);
        let one = |sent: &Value| {
            let event = sent["event"].as_str().unwrap().to_owned();
            (event, sent["status_code"].as_u64().unwrap(), sent["again"].as_bool().unwrap())
        };
        sent.as_array().unwrap().iter().map(one).collect()
    }

    /// Where GitHub's description of its interface is asked, there were writes, and all were as it says.
    pub fn writes_are_documented(&self) {
        let (_, said) = self.curl("GET", "/_documented", &Value::Null);
        assert_eq!(said["bad"], json!([]), "not as GitHub documents it");
        assert!(said["good"].as_u64() > Some(0) || std::env::var_os("ADRULE_PRISM").is_none());
    }

    /// The bodies of the comments below a pull request, with their ids and authors.
    pub fn comments(&self, pull: u64) -> Vec<(u64, String, String)> {
        let all = self.get(&format!("/issues/{pull}/comments"));
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let one = |item: &Value| (item["id"].as_u64().unwrap(), text(&item["user"]["login"]), text(&item["body"]));
        all.as_array().unwrap().iter().map(one).collect()
    }

    /// Sends a commit with all that it needs, and points a reference to it. The ids are git's own.
    pub fn push(&self, git: &dyn Fn(&[&str]) -> String, commit: &str, reference: &str) {
        for commit in git(&["rev-list", "--reverse", "--topo-order", commit]).lines() {
            if self.known.borrow_mut().insert(commit.to_owned()) {
                self.send(commit, git);
            }
        }
        if self.known.borrow_mut().insert(reference.to_owned()) {
            self.ask("POST", "/git/refs", &json!({ "ref": reference, "sha": commit }));
        } else {
            self.ask("PATCH", &format!("/git/{reference}"), &json!({ "sha": commit, "force": true }));
        }
    }

    fn send(&self, commit: &str, git: &dyn Fn(&[&str]) -> String) {
        let mut tree = Vec::new();
        for line in git(&["ls-tree", "-r", commit]).lines() {
            let (said, path) = line.split_once('\t').unwrap();
            let [mode, kind, id] = said.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
            // Text: git's own output, but for the end of the last line, which the id settles.
            if self.known.borrow_mut().insert(id.to_owned()) {
                let content = git(&["cat-file", "blob", id]) + "\n";
                let sent = self.ask("POST", "/git/blobs", &json!({ "content": content, "encoding": "utf-8" }));
                assert_eq!(sent["sha"], id, "{path}");
            }
            tree.push(json!({ "path": path, "mode": mode, "type": kind, "sha": id }));
        }
        let sent = self.ask("POST", "/git/trees", &json!({ "tree": tree }));
        let said = git(&["show", "-s", "--format=%T%n%P%n%an%n%ae%n%aI%n%cn%n%ce%n%cI%n%B", commit]);
        let [root, parents, name, email, date, by, at, when, message] = said.splitn(9, '\n').collect::<Vec<_>>()[..]
        else {
            panic!("{said}")
        };
        assert_eq!(sent["sha"], root);
        let body = json!({
            "message": message.trim_end(), "tree": root, "parents": parents.split_whitespace().collect::<Vec<_>>(),
            "author": { "name": name, "email": email, "date": date },
            "committer": { "name": by, "email": at, "date": when },
        });
        assert_eq!(self.ask("POST", "/git/commits", &body)["sha"], commit);
    }

    fn curl(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let mut command = Command::new("curl");
        command.args(["--silent", "--show-error", "--noproxy", "*", "--max-time", "60", "--request", method]);
        command.args(["--header", &format!("Authorization: Bearer {}", self.token("pusher"))]);
        command.args(["--header", "Content-Type: application/json", "--write-out", "\n%{http_code}"]);
        if !body.is_null() {
            command.args(["--data-binary", "@-"]);
        }
        command.arg(format!("{}{path}", self.url)).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut pipe = child.stdin.take().unwrap();
        if !body.is_null() {
            pipe.write_all(body.to_string().as_bytes()).unwrap();
        }
        drop(pipe);
        let out = child.wait_with_output().unwrap();
        assert!(out.status.success(), "{method} {path}");
        let text = String::from_utf8(out.stdout).unwrap();
        let (answer, status) = text.rsplit_once('\n').unwrap();
        (status.parse().unwrap(), serde_json::from_str(answer).unwrap_or_default())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
