//! Git, by its own program: where the repository is, what a change is compared with, and what differs.

use super::folder::Files;
use super::name;
use super::objects::Objects;
use super::worktree::{Survey, Suspect, Wanted, survey};
use adrule_policy::tree::{Content, Paths};
use anyhow::{Context as _, Result, bail};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ffi::{OsStr, OsString};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

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
    is_shallow: bool,
    objects: RefCell<Option<Objects>>,
}

/// The revision that a change is compared with.
#[derive(Clone, Debug)]
pub struct Base {
    /// Its object id; none for an empty repository, where everything is new.
    pub commit: Option<String>,
    /// In words: "main (a1b2c3d)".
    pub words: String,
}

/// What differs between a base and the working tree: files that are there now or were there before, with the id of
/// what they held before.
#[derive(Debug, Default)]
pub struct Changes {
    before: BTreeMap<String, Option<String>>,
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
        let named = std::env::var_os("GIT_DIR").is_some();
        if !named && !folder.ancestors().any(|folder| folder.join(".git").exists()) {
            return Ok(None);
        }
        let asked = ["--is-shallow-repository", "--show-object-format", "--git-path", "index", "--show-toplevel"];
        let out = command(folder).arg("rev-parse").args(asked).output();
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
            objects: RefCell::new(None),
            root,
            top,
            prefix,
        }))
    }

    fn run(&self, args: &[&str]) -> Result<Vec<u8>> {
        let out = command(&self.root).args(args).output().context("git could not be started")?;
        if !out.status.success() {
            bail!("git {}: {}", args.first().copied().unwrap_or_default(), String::from_utf8_lossy(&out.stderr).trim());
        }
        Ok(out.stdout)
    }

    fn line(&self, args: &[&str]) -> Option<String> {
        let text = String::from_utf8(self.run(args).ok()?).ok()?;
        Some(text.trim_end().to_owned()).filter(|line| !line.is_empty())
    }

    /// Runs a command that reads names from its input, and fails with more than `worst`.
    fn ask(folder: &Path, args: &[&str], names: Vec<u8>, worst: i32) -> Result<Vec<u8>> {
        let mut child = command(folder)
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

    fn objects<T>(&self, work: impl FnOnce(&mut Objects) -> Result<T>) -> Result<T> {
        let mut open = self.objects.try_borrow_mut().context("git cat-file is busy")?;
        if open.is_none() {
            *open = Some(Objects::open(command(&self.root))?);
        }
        open.as_mut().map_or_else(|| bail!("git cat-file is not open"), work)
    }

    fn commits(&self, revisions: &[&str]) -> Result<Vec<Option<String>>> {
        let names: Vec<String> = revisions.iter().map(|revision| format!("{revision}^{{commit}}")).collect();
        let found = self.objects(|objects| objects.all(&names))?;
        Ok(found.into_iter().map(|object| object.map(|object| object.id)).collect())
    }

    /// The revision to compare with: where the history of `wanted`, or of the default branch, and ours part.
    pub fn base(&self, wanted: Option<&str>) -> Result<Base> {
        const USUAL: [&str; 5] = ["origin/HEAD", "origin/main", "origin/master", "main", "master"];
        let mut revisions = vec!["HEAD"];
        match wanted {
            Some(wanted) => revisions.push(wanted),
            None => revisions.extend(USUAL),
        }
        let mut found = self.commits(&revisions)?.into_iter();
        let head = found.next().flatten();
        let branch = revisions.iter().skip(1).zip(found).find_map(|(name, commit)| Some((*name, commit?)));
        let Some(head) = head else {
            return Ok(Base { commit: None, words: "an empty repository".to_owned() });
        };
        let (branch, tip) = match (branch, wanted) {
            (Some(found), _) => found,
            (None, Some(wanted)) if self.is_shallow => bail!(
                "this clone is shallow and does not have `{wanted}`; fetch it first: git fetch --depth=1 origin {wanted}"
            ),
            (None, Some(wanted)) => bail!("`{wanted}` is no revision of this repository and no folder"),
            (None, None) => return Ok(Base { words: format!("HEAD ({})", short(&head)), commit: Some(head) }),
        };
        let name = match branch {
            "origin/HEAD" => self.line(&["symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"]),
            _ => None,
        };
        let name = name.unwrap_or_else(|| branch.to_owned());
        let parted = if head == tip { Some(tip.clone()) } else { self.line(&["merge-base", &tip, &head]) };
        match parted {
            Some(commit) => Ok(Base { words: format!("{} ({})", bare(&name), short(&commit)), commit: Some(commit) }),
            None if self.is_shallow => bail!(
                "this clone is shallow, so it is not known where the change began; fetch more history with `git fetch --unshallow` \
                 (in GitHub Actions: `fetch-depth: 0`), or name a revision with --base, or judge everything with --all"
            ),
            // Histories that have nothing in common are compared as they are.
            None => Ok(Base { words: format!("{} ({})", bare(&name), short(&tip)), commit: Some(tip) }),
        }
    }

    /// Every file of the working tree that git knows or would add.
    pub fn files(&self) -> Result<Files> {
        Ok(self.survey(&Wanted { matters: &|_| true, changes: false, everywhere: true })?.files)
    }

    /// What is in the working tree.
    pub fn survey(&self, wanted: &Wanted<'_>) -> Result<Survey> {
        match survey(self, wanted)? {
            Some(survey) => Ok(survey),
            None => self.survey_by_git(),
        }
    }

    /// The same by git's own commands, which look at everything.
    fn survey_by_git(&self) -> Result<Survey> {
        let mut survey = Survey::default();
        let mut names: BTreeSet<String> = BTreeSet::new();
        for entry in split(&self.run(&["ls-files", "-z", "--cached", "--stage", "-t"])?) {
            // `tag mode object stage<TAB>name`; 120000 is a link, 160000 a submodule.
            let Some(tab) = entry.iter().position(|&byte| byte == b'\t') else { continue };
            let head: Vec<&[u8]> = entry[..tab].split(|&byte| byte == b' ').collect();
            let [tag, mode, id, _] = head.as_slice() else { continue };
            let text = keep(&mut survey.files, &entry[tab + 1..]);
            match *mode {
                b"120000" => {
                    survey.files.links.insert(text);
                }
                b"160000" => {}
                _ => {
                    if *tag == b"S" {
                        survey.files.stored.insert(text.clone(), String::from_utf8_lossy(id).into_owned());
                    }
                    names.insert(text);
                }
            }
        }
        let mut suspects = Vec::new();
        for (change, name) in raw(&self.run(&["diff-files", "--raw", "-z", "--relative", "--ignore-submodules"])?) {
            let text = keep(&mut survey.files, name);
            let was_file = change.old_mode.starts_with("100");
            match (change.status, change.new_mode.get(..3)) {
                ("M", _) if was_file => suspects.push(Suspect { name: text, id: change.old }),
                ("D" | "T" | "M", now) => {
                    names.remove(&text);
                    survey.files.links.remove(&text);
                    match now {
                        Some("100") => drop(names.insert(text.clone())),
                        Some("120") => drop(survey.files.links.insert(text.clone())),
                        _ => {}
                    }
                    survey.unstaged.insert(text, was_file.then_some(change.old));
                }
                _ => {}
            }
        }
        let changed = self.differing(suspects, &survey.files.odd)?;
        survey.unstaged.extend(changed.into_iter().map(|suspect| (suspect.name, Some(suspect.id))));
        for entry in split(&self.run(&["ls-files", "-z", "--others", "--exclude-standard"])?) {
            let text = keep(&mut survey.files, entry);
            // An untracked repository inside is listed as a folder.
            let data = std::fs::symlink_metadata(self.root.join(os(entry)));
            if data.as_ref().is_ok_and(std::fs::Metadata::is_file) {
                survey.untracked.insert(text);
            } else if data.is_ok_and(|data| data.is_symlink()) {
                survey.files.links.insert(text);
            }
        }
        survey.files.stored.retain(|name, _| !self.root.join(name).exists());
        survey.files.paths = names.iter().chain(&survey.untracked).map(String::as_str).collect();
        Ok(survey)
    }

    /// Which of these names, none of which git knows, it is told to ignore.
    pub(super) fn ignored(&self, names: &[OsString]) -> Result<HashSet<OsString>> {
        // `./`: a name that starts with a colon would be a pattern.
        let asked =
            names.iter().flat_map(|name| b"./".iter().chain(name.as_encoded_bytes()).copied().chain([0])).collect();
        // `--no-index`: that git does not know them is known, and reading a large index takes long. 1: none is ignored.
        let out = Self::ask(&self.root, &["check-ignore", "--no-index", "--stdin", "-z"], asked, 1)?;
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
        let out = Self::ask(&self.top, &["hash-object", "--stdin-paths"], lines.collect(), 0)?;
        let mut ids = out.split(|&byte| byte == b'\n');
        differing.extend(asked.into_iter().filter(|suspect| ids.next() != Some(suspect.id.as_bytes())));
        Ok(differing)
    }

    /// What differs between a revision and the working tree.
    pub fn changes(&self, base: &Base, survey: &Survey) -> Result<Changes> {
        let Some(commit) = &base.commit else {
            return Ok(Changes { before: survey.files.paths.iter().map(|path| (path.to_owned(), None)).collect() });
        };
        let staged = self.run(&[
            "diff-index",
            "--cached",
            "--raw",
            "-z",
            "--no-renames",
            "--relative",
            "--ignore-submodules",
            commit,
            "--",
        ])?;
        let mut before: BTreeMap<String, Option<String>> = BTreeMap::new();
        for (change, name) in raw(&staged) {
            let text = name::from_bytes(name).0;
            let was = match change.status {
                // A merge that is not resolved: git does not say what the base had.
                "U" => self.objects(|objects| objects.one(&format!("{commit}:./{text}")))?.map(|object| object.id),
                _ => change.old_mode.starts_with("100").then_some(change.old),
            };
            // A mode is no content.
            if was.as_deref() != Some(change.new.as_str()) || !change.new_mode.starts_with("100") {
                before.insert(text, was);
            }
        }
        let mut twice = Vec::new();
        for (name, id) in &survey.unstaged {
            match before.get(name) {
                // Staged, and changed again since: perhaps back to what it was.
                Some(Some(was)) if survey.files.paths.contains(name) => {
                    twice.push(Suspect { name: name.clone(), id: was.clone() });
                }
                Some(_) => {}
                None => drop(before.insert(name.clone(), id.clone())),
            }
        }
        let back: Vec<String> = twice.iter().map(|suspect| suspect.name.clone()).collect();
        let changed: HashSet<String> =
            self.differing(twice, &survey.files.odd)?.into_iter().map(|suspect| suspect.name).collect();
        before.retain(|name, _| !back.contains(name) || changed.contains(name));
        for name in &survey.untracked {
            before.entry(name.clone()).or_insert(None);
        }
        before.retain(|name, was| was.is_some() || survey.files.paths.contains(name));
        Ok(Changes { before })
    }

    /// Files of a revision: what has not changed is as in `now`.
    pub fn read(
        &self,
        names: &[&str],
        changes: &Changes,
        now: &BTreeMap<Arc<str>, Content>,
    ) -> Result<BTreeMap<Arc<str>, Content>> {
        let mut contents = BTreeMap::new();
        let mut asked = Vec::new();
        for &name in names {
            match (changes.before.get(name), now.get_key_value(name)) {
                (None, Some((name, content))) => drop(contents.insert(Arc::clone(name), content.clone())),
                (before, _) => asked.push((name, before.cloned().flatten().unwrap_or_default())),
            }
        }
        self.contents(&asked, &mut contents)?;
        Ok(contents)
    }

    /// Fills in what a sparse checkout left out.
    pub fn read_stored(&self, files: &Files, contents: &mut BTreeMap<Arc<str>, Content>) -> Result<()> {
        let left_out = |name: &Arc<str>| files.stored.get(name.as_ref()).cloned().map(|id| (Arc::clone(name), id));
        let asked: Vec<(Arc<str>, String)> = contents.keys().filter_map(left_out).collect();
        let asked: Vec<(&str, String)> = asked.iter().map(|(name, id)| (name.as_ref(), id.clone())).collect();
        self.contents(&asked, contents)
    }

    fn contents(&self, asked: &[(&str, String)], contents: &mut BTreeMap<Arc<str>, Content>) -> Result<()> {
        if asked.is_empty() {
            return Ok(());
        }
        let ids: Vec<&String> = asked.iter().map(|(_, id)| id).collect();
        let found = self.objects(|objects| objects.all(&ids))?;
        for ((name, _), object) in asked.iter().zip(found) {
            let content = object.map_or_else(|| Content::Skipped("not there".to_owned()), |object| object.content);
            contents.insert(Arc::from(*name), content);
        }
        Ok(())
    }

    /// The first of these files that a revision has, and its bytes as text.
    pub fn first_of(&self, commit: &str, paths: &[&'static str]) -> Result<Option<(&'static str, Content)>> {
        let names: Vec<String> = paths.iter().map(|path| format!("{commit}:./{path}")).collect();
        let found = self.objects(|objects| objects.all(&names))?;
        let files = paths.iter().zip(found).filter_map(|(path, object)| Some((*path, object?.content)));
        Ok(files.into_iter().find(|(_, content)| !matches!(content, Content::Skipped(_))))
    }
}

impl Changes {
    /// The files, sorted.
    pub fn names(&self) -> BTreeSet<String> {
        self.before.keys().cloned().collect()
    }

    /// The names that the base had, from those of today.
    pub fn names_before(&self, files: &Files) -> Paths {
        let kept = files.paths.iter().filter(|path| self.before.get(*path) != Some(&None));
        let gone = self.before.iter().filter(|(path, was)| was.is_some() && !files.paths.contains(path));
        kept.chain(gone.map(|(path, _)| path.as_str())).collect()
    }
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    // Nothing that a repository configures may run or colour anything; no lock is taken, so a running git is not disturbed.
    let quiet = ["--no-optional-locks", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false"];
    command.arg("-C").arg(folder).args(quiet).stdin(Stdio::null()).env("LC_ALL", "C");
    command
}

/// One line of git's raw differences.
struct Raw<'o> {
    old_mode: &'o str,
    new_mode: &'o str,
    old: String,
    new: String,
    status: &'o str,
}

/// `:old-mode new-mode old-id new-id status NUL name NUL`, over and over.
fn raw(out: &[u8]) -> impl Iterator<Item = (Raw<'_>, &[u8])> {
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

fn keep(files: &mut Files, name: &[u8]) -> String {
    let (text, odd) = name::from_bytes(name);
    if let Some(odd) = odd {
        files.odd.insert(text.clone(), odd);
    }
    text
}

fn split(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|&byte| byte == 0).filter(|part| !part.is_empty())
}

#[cfg(unix)]
fn os(bytes: &[u8]) -> OsString {
    use std::os::unix::ffi::OsStrExt as _;
    OsStr::from_bytes(bytes).to_owned()
}

#[cfg(not(unix))]
fn os(bytes: &[u8]) -> OsString {
    String::from_utf8_lossy(bytes).into_owned().into()
}

fn short(commit: &str) -> &str {
    commit.get(..7).unwrap_or(commit)
}

/// `origin/main` is "main" to people.
fn bare(branch: &str) -> &str {
    branch.strip_prefix("origin/").unwrap_or(branch)
}
