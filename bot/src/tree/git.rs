//! Git, by its own program: where the repository is, and questions that only git answers.

use super::environment::Environment;
use super::folder::Files;
use super::objects::Objects;
use super::porcelain::survey_by_git;
use super::worktree::{Survey, Suspect, Wanted, survey};
use adrule_policy::plan::Interest;
use anyhow::{Context as _, Result, bail};
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A repository.
pub struct Git {
    /// The folder that is judged: that of the working tree, or one below it. Paths are relative to it.
    pub root: PathBuf,
    top: PathBuf,
    /// The way from the top of the working tree to `root`: empty, or with a `/` at its end.
    pub(super) prefix: OsString,
    /// Git's index.
    pub(super) index: PathBuf,
    /// Bytes of an object id.
    pub(super) hash: usize,
    pub(super) is_shallow: bool,
    environment: Environment,
    objects: RefCell<Option<Objects>>,
}

impl Git {
    /// The repository around a folder; none where there is none, or no git.
    pub fn find(folder: &Path) -> Result<Option<Self>> {
        Self::around(folder, false)
    }

    /// A folder of a repository that is judged as if it were a whole one; none where there is no repository around it.
    pub fn below(folder: &Path) -> Result<Option<Self>> {
        Self::around(folder, true)
    }

    fn around(folder: &Path, below: bool) -> Result<Option<Self>> {
        let real = std::fs::canonicalize(folder).with_context(|| folder.display().to_string())?;
        let folder = real.as_path();
        // Asking git costs more than all of a small check: no repository leaves no trace of one.
        let environment = Environment::of(folder)?;
        if !environment.names_one() && !folder.ancestors().any(|folder| folder.join(".git").exists()) {
            return Ok(None);
        }
        let asked = ["--is-shallow-repository", "--show-object-format", "--git-path", "index", "--show-toplevel"];
        let out = command(folder, &environment).arg("rev-parse").args(asked).output();
        // No git: the folder is judged as any other one.
        let Ok(out) = out else { return Ok(None) };
        if !out.status.success() {
            let words = String::from_utf8_lossy(&out.stderr);
            if words.contains("not a git repository") || words.contains("must be run in a work tree") {
                return Ok(None);
            }
            bail!("git refuses this repository: {}", words.trim());
        }
        let mut lines = out.stdout.splitn(4, |&byte| byte == b'\n');
        let (Some(shallow), Some(format), Some(index), Some(top)) =
            (lines.next(), lines.next(), lines.next(), lines.next())
        else {
            bail!("git rev-parse answered too little")
        };
        let top = PathBuf::from(os(top.strip_suffix(b"\n").unwrap_or(top)));
        let root = if below { folder.to_owned() } else { top.clone() };
        let mut prefix = root.strip_prefix(&top).map(|way| way.as_os_str().to_owned()).unwrap_or_default();
        if !prefix.is_empty() {
            prefix.push("/");
        }
        Ok(Some(Self {
            index: folder.join(os(index)),
            hash: if format == b"sha256" { 32 } else { 20 },
            is_shallow: shallow == b"true",
            environment,
            objects: RefCell::new(None),
            root,
            top,
            prefix,
        }))
    }

    fn command(&self, folder: &Path) -> Command {
        command(folder, &self.environment)
    }

    pub(super) fn run(&self, args: &[&str]) -> Result<Vec<u8>> {
        let out = self.command(&self.root).args(args).output().context("git could not be started")?;
        if !out.status.success() {
            bail!("git {}: {}", args.first().copied().unwrap_or_default(), String::from_utf8_lossy(&out.stderr).trim());
        }
        Ok(out.stdout)
    }

    pub(super) fn line(&self, args: &[&str]) -> Option<String> {
        let text = String::from_utf8(self.run(args).ok()?).ok()?;
        Some(text.trim_end().to_owned()).filter(|line| !line.is_empty())
    }

    /// Runs a command that reads names from its input, and fails with more than `worst`.
    fn ask(&self, folder: &Path, args: &[&str], names: Vec<u8>, worst: i32) -> Result<Vec<u8>> {
        let mut child = self
            .command(folder)
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .context("git could not be started")?;
        let input = child.stdin.take();
        // Written from a thread of its own: git answers while it reads, and a full pipe would stop both.
        let writer = std::thread::spawn(move || input.map(|mut input| input.write_all(&names)));
        let out = child.wait_with_output().context("git")?;
        let _ = writer.join();
        if out.status.code().is_none_or(|code| code > worst) {
            bail!("git {}: {}", args.first().copied().unwrap_or_default(), String::from_utf8_lossy(&out.stderr).trim());
        }
        Ok(out.stdout)
    }

    pub(super) fn objects<T>(&self, work: impl FnOnce(&mut Objects) -> Result<T>) -> Result<T> {
        let mut open = self.objects.try_borrow_mut().context("git cat-file is busy")?;
        if open.is_none() {
            *open = Some(Objects::open(self.command(&self.root))?);
        }
        open.as_mut().map_or_else(|| bail!("git cat-file is not open"), work)
    }

    /// Every file of the working tree that git knows or would add.
    pub fn files(&self) -> Result<Files> {
        Ok(self
            .survey(&Wanted { interest: &|_| Interest::Content, changes: false, commit: None, everywhere: true })?
            .files)
    }

    /// What is in the working tree.
    pub fn survey(&self, wanted: &Wanted<'_>) -> Result<Survey> {
        match survey(self, wanted)? {
            Some(survey) => Ok(survey),
            None => survey_by_git(self),
        }
    }

    /// Which of these names, none of which git knows, it is told to ignore.
    pub(super) fn ignored(&self, names: &[OsString]) -> Result<HashSet<OsString>> {
        // `./`: a name that starts with a colon would be a pattern.
        let asked =
            names.iter().flat_map(|name| b"./".iter().chain(name.as_encoded_bytes()).copied().chain([0])).collect();
        // `--no-index`: that git does not know them is known, and reading a large index takes long. 1: none is ignored.
        let out = self.ask(&self.root, &["check-ignore", "--no-index", "--stdin", "-z"], asked, 1)?;
        Ok(split(&out).filter_map(|name| name.strip_prefix(b"./")).map(os).collect())
    }

    /// Those of the suspects whose content is another one than was staged, filters (line ends) applied.
    pub(super) fn differing(&self, suspects: Vec<Suspect>, odd: &HashMap<String, OsString>) -> Result<Vec<Suspect>> {
        // Git reads one name a line, and stops at the first file that it cannot read.
        let can_be_asked = |suspect: &Suspect| {
            let line = !suspect.name.contains(['\n', '\r', '"']) && !odd.contains_key(&suspect.name);
            line && std::fs::File::open(self.root.join(&suspect.name)).is_ok()
        };
        let (asked, mut differing): (Vec<Suspect>, Vec<Suspect>) = suspects.into_iter().partition(can_be_asked);
        if asked.is_empty() {
            return Ok(differing);
        }
        // From the top of the working tree: `--stdin-paths` knows no other place.
        let prefix = self.prefix.as_encoded_bytes();
        let lines = asked.iter().flat_map(|suspect| prefix.iter().copied().chain(suspect.name.bytes()).chain(*b"\n"));
        let out = self.ask(&self.top, &["hash-object", "--stdin-paths"], lines.collect(), 0)?;
        let mut ids = out.split(|&byte| byte == b'\n');
        differing.extend(asked.into_iter().filter(|suspect| ids.next() != Some(suspect.id.as_bytes())));
        Ok(differing)
    }
}

fn command(folder: &Path, environment: &Environment) -> Command {
    let mut command = Command::new("git");
    // Nothing that a repository configures may run or colour anything; no lock is taken, so a running git is not disturbed.
    let quiet = ["--no-optional-locks", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false"];
    command.arg("-C").arg(folder).args(quiet).stdin(Stdio::null()).env("LC_ALL", "C");
    environment.apply(&mut command);
    command
}

/// One line of git's raw differences.
pub(super) struct Raw<'o> {
    pub old_mode: &'o str,
    pub new_mode: &'o str,
    pub old: String,
    pub new: String,
    pub status: &'o str,
}

/// `:old-mode new-mode old-id new-id status NUL name NUL`, over and over.
pub(super) fn raw(out: &[u8]) -> impl Iterator<Item = (Raw<'_>, &[u8])> {
    let mut parts = split(out);
    std::iter::from_fn(move || {
        let head = std::str::from_utf8(parts.next()?).ok()?.strip_prefix(':')?;
        let mut words = head.split(' ');
        let change = Raw {
            old_mode: words.next()?,
            new_mode: words.next()?,
            old: words.next()?.to_owned(),
            new: words.next()?.to_owned(),
            status: words.next()?.get(..1)?,
        };
        Some((change, parts.next()?))
    })
}

pub(super) fn split(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|&byte| byte == 0).filter(|part| !part.is_empty())
}

#[cfg(unix)]
pub(super) fn os(bytes: &[u8]) -> OsString {
    use std::os::unix::ffi::OsStrExt as _;
    std::ffi::OsStr::from_bytes(bytes).to_owned()
}

#[cfg(not(unix))]
pub(super) fn os(bytes: &[u8]) -> OsString {
    String::from_utf8_lossy(bytes).into_owned().into()
}
