//! A repository, a GitHub that serves it, a clock that needs no time.

use super::fake::{APP_KEY, Fake};
use crate::github::auth::App;
use crate::github::client::Patience;
use crate::github::clock::Clock;
use crate::github::{Auth, Cache, Client, Place};
use jiff::Timestamp;
use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A clock that stands until somebody sleeps.
pub struct Still {
    pub now: Mutex<Timestamp>,
    pub slept: Mutex<Vec<Duration>>,
}

impl Clock for Still {
    fn now(&self) -> Timestamp {
        *self.now.lock().unwrap()
    }

    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        *self.now.lock().unwrap() += time;
        self.slept.lock().unwrap().push(time);
        Box::pin(tokio::task::yield_now())
    }
}

/// A temporary folder with a git repository, gone with this value.
pub struct Repository(pub PathBuf);

impl Repository {
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("adrule-github-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let repository = Self(folder);
        repository.git(&["init", "-q", "-b", "main"]);
        repository
    }

    pub fn git(&self, args: &[&str]) -> String {
        let out = Command::new("git")
            .arg("-C")
            .arg(&self.0)
            .args(["-c", "user.name=a team", "-c", "user.email=team@example.com"])
            .args(args)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap().trim().to_owned()
    }

    /// Writes files and commits them; the commit.
    pub fn commit(&self, files: &[(&str, &str)]) -> String {
        for (path, text) in files {
            let path = self.0.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", "A change"]);
        self.git(&["rev-parse", "HEAD"])
    }
}

impl Drop for Repository {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Everything for a test.
pub struct Setup {
    pub fake: Fake,
    pub repository: Repository,
    pub client: Client,
    pub clock: Arc<Still>,
}

pub fn setup() -> Setup {
    with(|fake| Place::new(Some(&fake.url), None).unwrap(), Auth::Token("given".to_owned()))
}

/// An installation of an App.
pub fn as_app() -> Setup {
    let app = Auth::App(Box::new(App::new("Iv1.app", APP_KEY, 7).unwrap()));
    let setup = with(|fake| Place::new(Some(&fake.url), None).unwrap(), app);
    setup.fake.state().tokens = Some(std::collections::BTreeSet::new());
    setup
}

pub fn with(place: impl Fn(&Fake) -> Place, auth: Auth) -> Setup {
    let repository = Repository::new();
    let fake = Fake::of(&repository.0);
    let clock = Arc::new(Still { now: Mutex::new("2026-11-22T12:00:00Z".parse().unwrap()), slept: Mutex::default() });
    let client = Client::new(place(&fake), auth, Arc::new(Cache::default()))
        .unwrap()
        .with_clock(Arc::clone(&clock) as Arc<dyn Clock>)
        .with_patience(Patience { attempts: 4, longest: Duration::from_secs(120) });
    Setup { fake, repository, client, clock }
}

impl Setup {
    /// How long was waited, in seconds.
    pub fn slept(&self) -> Vec<u64> {
        self.clock.slept.lock().unwrap().iter().map(Duration::as_secs).collect()
    }
}

/// A test in a runtime of one thread.
pub fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}
