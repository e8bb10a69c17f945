//! A PostgreSQL of its own, from Debian's package, in a temporary folder.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A running PostgreSQL; it ends with this value.
pub struct Cluster {
    folder: PathBuf,
    programs: PathBuf,
}

impl Cluster {
    /// Makes one, where the package is installed.
    pub fn start() -> Option<Self> {
        let Some(programs) = programs() else {
            assert!(std::env::var_os("CI").is_none(), "PostgreSQL is not installed");
            eprintln!("skipped: PostgreSQL is not installed");
            return None;
        };
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("adrule-pg-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        if is_root() {
            assert!(Command::new("chown").arg("postgres").arg(&folder).status().unwrap().success());
        }
        let cluster = Self { folder, programs };
        cluster.run("initdb", &["-A", "trust", "-U", "adrule", "--no-sync"]);
        cluster.up();
        Some(cluster)
    }

    /// In the socket's folder alone: a port could be taken.
    fn up(&self) {
        let options = format!("-c listen_addresses='' -c unix_socket_directories='{}'", self.folder.display());
        let log = self.folder.join("log").display().to_string();
        self.run("pg_ctl", &["-l", &log, "-w", "-o", &options, "start"]);
    }

    /// Ends it as a crash would, and starts it again.
    pub fn crash_and_return(&self) {
        self.run("pg_ctl", &["-m", "immediate", "-w", "stop"]);
        self.up();
    }

    pub fn url(&self) -> String {
        format!("postgres://adrule@/postgres?host={}&sslmode=disable", self.folder.display())
    }

    /// The answer to a question, a line a row.
    pub fn ask(&self, sql: &str) -> Vec<String> {
        let host = self.folder.display().to_string();
        let mut command = self.as_user(Path::new("psql"));
        command.args(["-h", &host, "-U", "adrule", "-d", "postgres", "-At", "-c", sql]);
        let answer = command.output().unwrap();
        assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
        String::from_utf8(answer.stdout).unwrap().lines().map(str::to_owned).collect()
    }

    fn run(&self, program: &str, args: &[&str]) {
        let mut command = self.as_user(Path::new(program));
        command.arg("-D").arg(self.folder.join("data")).args(args);
        // What it starts would keep a pipe open.
        let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
        assert!(
            status.success(),
            "{program} {args:?}: {}",
            std::fs::read_to_string(self.folder.join("log")).unwrap_or_default()
        );
    }

    /// PostgreSQL refuses to run as root.
    fn as_user(&self, program: &Path) -> Command {
        let program = self.programs.join(program);
        let mut command = Command::new(if is_root() { "runuser".into() } else { program.clone() });
        if is_root() {
            command.args(["-u", "postgres", "--"]).arg(program);
        }
        command.current_dir("/");
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let mut command = self.as_user(Path::new("pg_ctl"));
        command.arg("-D").arg(self.folder.join("data")).args(["-m", "immediate", "-w", "stop"]);
        let _ = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|data| std::os::unix::fs::MetadataExt::uid(&data) == 0)
}

fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let folders = versions.flatten().map(|version| version.path().join("bin"));
    folders.filter(|folder| folder.join("initdb").is_file()).max()
}
