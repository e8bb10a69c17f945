//! A GitHub of our own over HTTP: it serves a real git repository, keeps comments, checks and statuses, and goes wrong
//! when it is told to.

// Each test uses another part of this.
#![allow(dead_code)]

pub mod app;
mod documented;
mod git;
mod graphql;
mod http;
mod routes;

use serde_json::Value;
use std::collections::BTreeSet;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

pub const REPOSITORY: &str = "a-team/estate";
/// The key of the fake's App. It opens nothing.
pub const APP_KEY: &[u8] = include_bytes!("not-a-secret.pem");

/// What was asked.
#[derive(Clone, Debug)]
pub struct Asked {
    pub method: String,
    /// Without the query.
    pub path: String,
    pub query: String,
    pub token: Option<String>,
    pub etag: Option<String>,
    pub body: Value,
    pub at: Instant,
    /// What was answered; 0: nothing.
    pub status: u16,
}

impl Asked {
    pub fn is_write(&self) -> bool {
        self.method != "GET" && !self.path.ends_with("graphql") && !self.path.ends_with("/access_tokens")
    }
}

/// How an answer goes wrong.
#[derive(Clone)]
pub enum Wrong {
    /// Nothing takes place, and this is the answer.
    Instead(u16, Vec<(&'static str, String)>, &'static str),
    /// It takes place, and this is the answer.
    After(u16),
    /// Nothing takes place, and the answer is this status and all that it was asked with, the token too: what a proxy
    /// that wants to be helpful does.
    Echo(u16),
    /// It takes place, and nothing is answered for so long.
    Silence(Duration),
    /// It takes place, and the connection is cut.
    Cut,
}

/// A fault that happens to the next calls of a kind.
#[derive(Clone)]
pub struct Fault {
    pub method: &'static str,
    /// A part of the path.
    pub path: &'static str,
    pub times: u32,
    pub wrong: Wrong,
}

impl Fault {
    fn is_for(&self, asked: &Asked) -> bool {
        self.times > 0 && self.method == asked.method && asked.path.contains(self.path)
    }
}

#[derive(Clone, Debug)]
pub struct Comment {
    pub id: u64,
    pub pull: u64,
    pub login: String,
    pub body: String,
    pub is_minimized: bool,
}

/// Decides for each call whether it goes wrong.
pub type Whim = Box<dyn FnMut(&Asked) -> Option<Wrong> + Send>;

/// What GitHub knows.
pub struct State {
    pub git: PathBuf,
    pub asked: Vec<Asked>,
    pub faults: Vec<Fault>,
    /// Asked about every call that no fault is for.
    pub whim: Option<Whim>,
    /// Whether what was sent is forgotten once it was answered: of many thousand calls, only that they were made is kept.
    pub forgets: bool,
    /// Whether a connection stays open for the next call, as GitHub's do.
    pub keeps_connections: bool,
    pub comments: Vec<Comment>,
    /// Who deleted whose comment.
    pub deleted: Vec<(String, String)>,
    pub checks: Vec<Value>,
    pub statuses: Vec<Value>,
    pub pulls: Vec<Value>,
    /// What an App sees beyond one repository.
    pub app: app::App,
    /// The reviews of all pull requests, as they were posted, with `pull` and `user`.
    pub reviews: Vec<Value>,
    /// What a pull request shows of each file.
    pub shown: Vec<Value>,
    /// The tokens that are good, and for whom; none: anything goes, as `login`.
    pub tokens: Option<BTreeSet<String>>,
    pub minted: u32,
    /// What minted tokens begin with.
    pub token: &'static str,
    /// Who writes.
    pub login: String,
    /// What the token may not do: parts of paths.
    pub denied: Vec<&'static str>,
    pub has_graphql: bool,
    /// Trees with more files than this are cut.
    pub cut_at: usize,
    /// Items of a page at most, whatever is asked for.
    pub page: usize,
    pub next: u64,
    /// Files that anybody may fetch, by path: releases.
    pub files: std::collections::BTreeMap<String, Vec<u8>>,
    /// Where GitHub's description of its interface can be asked; every write is.
    pub validator: Option<String>,
    /// Whether everything is answered with the examples of that description.
    pub answers_by_example: bool,
    /// How many calls were as documented.
    pub documented: usize,
    /// The calls that were not, and why.
    pub undocumented: Vec<String>,
}

/// A running GitHub.
pub struct Fake {
    pub url: String,
    state: Arc<Mutex<State>>,
    stop: Arc<AtomicBool>,
}

impl Fake {
    /// A GitHub that serves the git repository in this folder as [`REPOSITORY`].
    pub fn of(git: &Path) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(State {
            git: git.to_owned(),
            asked: Vec::new(),
            faults: Vec::new(),
            whim: None,
            forgets: false,
            keeps_connections: false,
            comments: Vec::new(),
            deleted: Vec::new(),
            checks: Vec::new(),
            statuses: Vec::new(),
            pulls: Vec::new(),
            app: app::App::default(),
            reviews: Vec::new(),
            shown: Vec::new(),
            tokens: None,
            minted: 0,
            token: "minted",
            login: "github-actions[bot]".to_owned(),
            denied: Vec::new(),
            has_graphql: true,
            cut_at: usize::MAX,
            page: 100,
            // Beyond what 32 bits hold, as on the real one.
            next: 5_000_000_000,
            files: std::collections::BTreeMap::new(),
            validator: documented::address(),
            answers_by_example: false,
            documented: 0,
            undocumented: Vec::new(),
        }));
        let stop = Arc::new(AtomicBool::new(false));
        http::serve(listener, Arc::clone(&state), Arc::clone(&stop));
        Self { url, state, stop }
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// The next call of a kind goes wrong.
    pub fn once(&self, method: &'static str, path: &'static str, wrong: Wrong) {
        self.times(1, method, path, wrong);
    }

    pub fn times(&self, times: u32, method: &'static str, path: &'static str, wrong: Wrong) {
        self.state().faults.push(Fault { method, path, times, wrong });
    }

    /// What was asked, as `METHOD path`.
    pub fn asked(&self) -> Vec<String> {
        self.state().asked.iter().map(|asked| format!("{} {}", asked.method, asked.path)).collect()
    }

    pub fn count(&self, method: &str, path: &str) -> usize {
        self.state().asked.iter().filter(|asked| asked.method == method && asked.path.contains(path)).count()
    }

    /// The bodies of the comments on a pull request.
    pub fn comments(&self, pull: u64) -> Vec<String> {
        self.state()
            .comments
            .iter()
            .filter(|comment| comment.pull == pull)
            .map(|comment| comment.body.clone())
            .collect()
    }

    pub fn comment(&self, pull: u64, login: &str, body: &str) -> u64 {
        self.state().add_comment(pull, login, body)
    }
}

impl State {
    pub fn add_comment(&mut self, pull: u64, login: &str, body: &str) -> u64 {
        self.next += 1;
        let id = self.next;
        let (login, body) = (login.to_owned(), body.to_owned());
        self.comments.push(Comment { id, pull, login, body, is_minimized: false });
        id
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // Wakes the thread that waits for the next call.
        let _ = std::net::TcpStream::connect(self.url.trim_start_matches("http://"));
        let undocumented = std::mem::take(&mut self.state().undocumented);
        assert!(undocumented.is_empty() || std::thread::panicking(), "not as GitHub documents it: {undocumented:#?}");
    }
}
