//! A folder or a git repository of its own, and the program run in it as a stranger would.

// Each test file uses another part of this.
#![allow(dead_code)]

pub mod hard;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// The seed rule.
pub const PAGE: &str = "policy: 1
default: go
languages:
  rust:
    requires:
      any: [memory-budget, latency-target, failure-impact]
";

/// A temporary folder, removed with this value.
pub struct Place {
    pub root: PathBuf,
}

impl Place {
    /// An empty folder.
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let root = std::env::temp_dir().join(format!("adrule-test-{}-{number}", std::process::id()));
        fs::create_dir_all(&root).unwrap();
        Self { root: root.canonicalize().unwrap() }
    }

    /// A repository with one commit on `main`: the seed rule, one service in Go, one in Rust without a reason.
    pub fn repository() -> Self {
        let place = Self::new();
        place.git(&["init", "-q", "-b", "main"]);
        place.write("adrule.yaml", PAGE);
        place.service("services/alpha", "alpha", "go");
        place.service("services/beta", "beta", "rust");
        place.commit("The beginning");
        place
    }

    /// The same, on a new branch `change`.
    pub fn on_branch() -> Self {
        let place = Self::repository();
        place.git(&["checkout", "-q", "-b", "change"]);
        place
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
    }

    /// A manifest that states a language.
    pub fn service(&self, folder: &str, name: &str, language: &str) {
        self.write(&format!("{folder}/catalog-info.yaml"), manifest(name, language));
    }

    pub fn git(&self, args: &[&str]) -> String {
        git(&self.root, args)
    }

    pub fn commit(&self, message: &str) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", message]);
    }

    /// `adrule check --format json` at the root, with further arguments.
    pub fn check(&self, args: &[&str]) -> Report {
        check_in(&self.root, args)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

/// A Backstage manifest that states a language.
pub fn manifest(name: &str, language: &str) -> String {
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: {name}\n  annotations:\n    \
         adrule/language: {language}\nspec:\n  type: service\n  lifecycle: production\n  owner: a-team\n"
    )
}

/// Git with nobody's settings.
pub fn git(folder: &Path, args: &[&str]) -> String {
    let out = try_git(folder, args);
    assert!(out.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8_lossy(&out.stdout).trim().to_owned()
}

/// The same, which may fail.
pub fn try_git(folder: &Path, args: &[&str]) -> Output {
    scrubbed("git", folder).args(args).output().unwrap()
}

/// The program, not yet started.
pub fn adrule(folder: &Path) -> Command {
    scrubbed(env!("CARGO_BIN_EXE_adrule"), folder)
}

/// What a job of GitHub Actions is told by its environment.
pub struct Job<'j> {
    /// Where its files lie: the event, and what it hands on.
    pub runner: &'j Place,
    pub event: &'j str,
    pub sha: &'j str,
    pub workspace: &'j Path,
    pub repository: &'j str,
    pub api: &'j str,
}

impl Job<'_> {
    /// Gives this environment to a command, and nothing of a job that the tests may run in.
    pub fn tell(&self, command: &mut Command) {
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            if ["GITHUB_", "INPUT_", "RUNNER_"].iter().any(|prefix| text.starts_with(prefix)) {
                command.env_remove(&name);
            }
        }
        command
            .env("GITHUB_EVENT_NAME", self.event)
            .env("GITHUB_EVENT_PATH", self.runner.path("event.json"))
            .env("GITHUB_SHA", self.sha)
            .env("GITHUB_REF_NAME", "main")
            .env("GITHUB_WORKSPACE", self.workspace)
            .env("GITHUB_REPOSITORY", self.repository)
            .env("GITHUB_API_URL", self.api)
            .env("GITHUB_RUN_ID", "42")
            .env("GITHUB_OUTPUT", self.runner.path("output"))
            .env("GITHUB_STEP_SUMMARY", self.runner.path("summary"))
            .env("RUNNER_TEMP", self.runner.path("temporary"));
    }
}

pub fn scrubbed(program: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).stdin(Stdio::null());
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("GIT_") {
            command.env_remove(name);
        }
    }
    let who = ["AUTHOR", "COMMITTER"];
    for who in who {
        command.env(format!("GIT_{who}_NAME"), "a team").env(format!("GIT_{who}_EMAIL"), "team@example.com");
        command.env(format!("GIT_{who}_DATE"), "2026-11-01T12:00:00Z");
    }
    command
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("LC_ALL", "C")
        .env("NO_COLOR", "1");
    command
}

/// Runs a command that has to end within `limit`.
pub fn within(mut command: Command, limit: Duration) -> Output {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Read beside the waiting: a full pipe would stop the child.
    let (out, err) = (read(child.stdout.take().unwrap()), read(child.stderr.take().unwrap()));
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if start.elapsed() > limit {
            let _ = child.kill();
            panic!("{command:?} did not end within {limit:?}");
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    Output { status, stdout: out.join().unwrap(), stderr: err.join().unwrap() }
}

fn read(mut pipe: impl std::io::Read + Send + 'static) -> std::thread::JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = pipe.read_to_end(&mut bytes);
        bytes
    })
}

/// What `adrule check --format json` said.
#[derive(Debug)]
pub struct Report {
    pub code: i32,
    pub json: serde_json::Value,
    pub stderr: String,
}

/// `adrule check --format json` in a folder.
pub fn check_in(folder: &Path, args: &[&str]) -> Report {
    let mut command = adrule(folder);
    command.args(["check", "--format", "json", "--as-of", "2026-11-22"]).args(args);
    report(within(command, Duration::from_secs(60)))
}

pub fn report(out: Output) -> Report {
    let json = serde_json::from_slice(&out.stdout).unwrap_or(serde_json::Value::Null);
    Report { code: out.status.code().unwrap_or(-1), json, stderr: String::from_utf8_lossy(&out.stderr).into_owned() }
}

impl Report {
    /// The names of the services that were judged, sorted.
    pub fn services(&self) -> Vec<String> {
        self.texts("services", "name")
    }

    /// `rule subject` of every finding, sorted.
    pub fn findings(&self) -> Vec<String> {
        let all = self.json["findings"].as_array().cloned().unwrap_or_default();
        let mut said: Vec<String> = all
            .iter()
            .map(|finding| {
                format!("{} {}", finding["rule"].as_str().unwrap(), finding["subject"].as_str().unwrap_or_default())
            })
            .collect();
        said.sort();
        said
    }

    fn texts(&self, list: &str, key: &str) -> Vec<String> {
        let all = self.json[list].as_array().cloned().unwrap_or_default();
        let mut texts: Vec<String> = all.iter().map(|item| item[key].as_str().unwrap_or_default().to_owned()).collect();
        texts.sort();
        texts
    }
}
