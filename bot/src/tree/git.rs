//! Git, by its own program: what differs from the base, and files at a revision.

use super::folder::Files;
use super::name;
use adrule_policy::text::decode;
use adrule_policy::tree::{Content, Paths};
use anyhow::{Context as _, Result, bail};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ffi::{OsStr, OsString};
use std::io::{BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

/// Largest file that is taken from a revision, in bytes.
const MAX_BYTES: usize = 4 << 20;

/// A repository.
pub struct Git {
    /// The folder that is judged: that of the working tree, or one below it. Paths are relative to it.
    pub root: PathBuf,
}

/// The revision that a change is compared with.
#[derive(Clone, Debug)]
pub struct Base {
    /// Its object id; none for an empty repository, where everything is new.
    pub commit: Option<String>,
    /// In words: "main (a1b2c3d)".
    pub words: String,
}

impl Git {
    /// The repository around a folder; none where there is none, or no git.
    pub fn find(folder: &Path) -> Option<Self> {
        let out = Command::new("git")
            .arg("-C")
            .arg(folder)
            .args(["rev-parse", "--show-toplevel"])
            .stdin(Stdio::null())
            .output()
            .ok()?;
        if !out.status.success() {
            return None;
        }
        let text = String::from_utf8(out.stdout).ok()?;
        Some(Self { root: PathBuf::from(text.strip_suffix('\n').unwrap_or(&text)) })
    }

    /// A folder of a repository that is judged as if it were a whole one; none where there is no repository around it.
    pub fn below(folder: &Path) -> Option<Self> {
        Self::find(folder).map(|_| Self { root: folder.to_owned() })
    }

    fn command<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Command {
        let mut command = Command::new("git");
        // Nothing that a repository configures may run or colour anything; no lock is taken, so a running git is not disturbed.
        command.arg("-C").arg(&self.root).args([
            "--no-optional-locks",
            "-c",
            "core.fsmonitor=false",
            "-c",
            "core.quotePath=false",
        ]);
        command.args(args).stdin(Stdio::null()).env("LC_ALL", "C");
        command
    }

    fn run(&self, args: &[&str]) -> Result<Vec<u8>> {
        let out = self.command(args).output().context("git could not be started")?;
        if !out.status.success() {
            bail!("git {}: {}", args.first().copied().unwrap_or_default(), String::from_utf8_lossy(&out.stderr).trim());
        }
        Ok(out.stdout)
    }

    fn line(&self, args: &[&str]) -> Option<String> {
        let text = String::from_utf8(self.run(args).ok()?).ok()?;
        Some(text.trim_end().to_owned()).filter(|line| !line.is_empty())
    }

    fn commit(&self, revision: &str) -> Option<String> {
        // A revision that looks like an option is none.
        (!revision.starts_with('-'))
            .then(|| self.line(&["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")]))
            .flatten()
    }

    /// Whether history was cut off.
    fn is_shallow(&self) -> bool {
        self.line(&["rev-parse", "--is-shallow-repository"]).as_deref() == Some("true")
    }

    /// The branch that changes are made for: what the remote calls its head, else the usual names.
    fn default_branch(&self) -> Option<String> {
        let head = self.line(&["symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"]);
        head.into_iter()
            .chain(["origin/main", "origin/master", "main", "master"].map(str::to_owned))
            .find(|name| self.commit(name).is_some())
    }

    /// The revision to compare with: where the history of `wanted`, or of the default branch, and ours part.
    pub fn base(&self, wanted: Option<&str>) -> Result<Base> {
        let Some(head) = self.commit("HEAD") else {
            return Ok(Base { commit: None, words: "an empty repository".to_owned() });
        };
        let branch = match wanted {
            Some(wanted) if self.commit(wanted).is_some() => wanted.to_owned(),
            Some(wanted) if self.is_shallow() => bail!(
                "this clone is shallow and does not have `{wanted}`; fetch it first: git fetch --depth=1 origin {wanted}"
            ),
            Some(wanted) => bail!("`{wanted}` is no revision of this repository and no folder"),
            None => match self.default_branch() {
                Some(branch) => branch,
                None => return Ok(Base { words: format!("HEAD ({})", short(&head)), commit: Some(head) }),
            },
        };
        match self.line(&["merge-base", &branch, "HEAD"]) {
            Some(commit) => Ok(Base { words: format!("{} ({})", bare(&branch), short(&commit)), commit: Some(commit) }),
            None if self.is_shallow() => bail!(
                "this clone is shallow, so it is not known where the change began; fetch more history with `git fetch --unshallow` \
                 (in GitHub Actions: `fetch-depth: 0`), or name a revision with --base, or judge everything with --all"
            ),
            // Histories that have nothing in common are compared as they are.
            None => {
                let commit = self.commit(&branch).with_context(|| format!("`{branch}` is no revision"))?;
                Ok(Base { words: format!("{} ({})", bare(&branch), short(&commit)), commit: Some(commit) })
            }
        }
    }

    /// Every file of the working tree that git knows or would add.
    pub fn files(&self) -> Result<Files> {
        let mut files = Files::default();
        let mut names: Vec<String> = Vec::new();
        let staged = self
            .run(&["ls-files", "-z", "--cached", "--stage", "--deduplicate"])
            .or_else(|_| self.run(&["ls-files", "-z", "--cached", "--stage"]))?;
        for entry in split(&staged) {
            // `mode object stage<TAB>name`; 120000 is a link, 160000 a submodule.
            let Some(tab) = entry.iter().position(|&byte| byte == b'\t') else { continue };
            let (text, odd) = name::from_bytes(&entry[tab + 1..]);
            keep(&mut files, &text, odd);
            match entry.get(..6) {
                Some(b"120000") => files.links.push(text),
                Some(b"160000") => {}
                _ => names.push(text),
            }
        }
        for entry in split(&self.run(&["ls-files", "-z", "--others", "--exclude-standard"])?) {
            let (text, odd) = name::from_bytes(entry);
            keep(&mut files, &text, odd);
            // An untracked repository inside is listed as a folder.
            if !text.ends_with('/') {
                names.push(text);
            }
        }
        files.paths = names.iter().map(String::as_str).collect();
        Ok(files)
    }

    /// What differs between a revision and the working tree: names by what happened to them (`A`, `M`, `D`, `T`).
    pub fn changed(&self, base: &Base, files: &Files) -> Result<BTreeMap<String, u8>> {
        let Some(commit) = &base.commit else {
            return Ok(files.paths.iter().map(|path| (path.to_owned(), b'A')).collect());
        };
        let out = self.run(&[
            "diff",
            "--name-status",
            "-z",
            "--no-renames",
            "--no-ext-diff",
            "--no-textconv",
            "--relative",
            "--ignore-submodules",
            commit,
            "--",
        ])?;
        let mut changed = BTreeMap::new();
        let mut parts = split(&out);
        while let (Some(status), Some(name)) = (parts.next(), parts.next()) {
            changed.insert(name::from_bytes(name).0, status.first().copied().unwrap_or(b'M'));
        }
        for entry in split(&self.run(&["ls-files", "-z", "--others", "--exclude-standard"])?) {
            changed.insert(name::from_bytes(entry).0, b'A');
        }
        Ok(changed)
    }

    /// The names that a revision had, from those of today and what has changed since.
    pub fn names_before(files: &Files, changed: &BTreeMap<String, u8>) -> Paths {
        let kept = files.paths.iter().filter(|path| changed.get(*path) != Some(&b'A'));
        let gone = changed.iter().filter(|(_, status)| **status == b'D').map(|(path, _)| path.as_str());
        let names: BTreeSet<&str> = kept.chain(gone).collect();
        names.into_iter().collect()
    }

    /// Files of a revision.
    pub fn read(
        &self,
        commit: &str,
        names: &[&str],
        odd: &HashMap<String, OsString>,
    ) -> Result<BTreeMap<Arc<str>, Content>> {
        let mut contents = BTreeMap::new();
        if names.is_empty() {
            return Ok(contents);
        }
        let mut child = self
            .command(["cat-file", "--batch", "-Z"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("git could not be started")?;
        let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            bail!("git cat-file has no pipes")
        };
        let asked: Vec<Vec<u8>> = names
            .iter()
            .map(|name| {
                let mut line = format!("{commit}:./").into_bytes();
                line.extend_from_slice(odd.get(*name).map_or(name.as_bytes(), |odd| odd.as_encoded_bytes()));
                line.push(0);
                line
            })
            .collect();
        // Written from a thread of its own: git answers while it reads, and a full pipe would stop both.
        let writer = std::thread::spawn(move || asked.iter().try_for_each(|line| input.write_all(line)));
        let mut output = BufReader::new(output);
        for name in names {
            contents.insert(Arc::from(*name), answer(&mut output)?);
        }
        let _ = writer.join();
        let _ = child.wait();
        Ok(contents)
    }

    /// One file of a revision.
    pub fn show(&self, commit: &str, path: &str) -> Option<Vec<u8>> {
        let out = self.command(["cat-file", "blob", &format!("{commit}:./{path}")]).output().ok()?;
        out.status.success().then_some(out.stdout)
    }
}

/// One answer of `cat-file --batch -Z`: `id type size NUL content NUL`, or `name missing NUL`.
fn answer(output: &mut impl std::io::BufRead) -> Result<Content> {
    let mut head = Vec::new();
    output.read_until(0, &mut head)?;
    let head = String::from_utf8_lossy(head.strip_suffix(b"\0").unwrap_or(&head)).into_owned();
    let mut parts = head.rsplitn(3, ' ');
    let (size, kind) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let Ok(size) = size.parse::<usize>() else { return Ok(Content::Skipped("not there".to_owned())) };
    if size > MAX_BYTES {
        std::io::copy(&mut output.by_ref().take(size as u64 + 1), &mut std::io::sink())?;
        return Ok(Content::Unread(format!("larger than {} MiB", MAX_BYTES >> 20)));
    }
    let mut bytes = vec![0; size + 1];
    output.read_exact(&mut bytes)?;
    bytes.pop();
    if kind != "blob" {
        return Ok(Content::Skipped("not a file".to_owned()));
    }
    Ok(match decode(&bytes) {
        Ok(text) => Content::Text(Arc::from(text)),
        Err(error) => Content::Unread(error.to_string()),
    })
}

fn keep(files: &mut Files, text: &str, odd: Option<OsString>) {
    if let Some(odd) = odd {
        files.odd.insert(text.to_owned(), odd);
    }
}

fn split(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|&byte| byte == 0).filter(|part| !part.is_empty())
}

fn short(commit: &str) -> &str {
    commit.get(..7).unwrap_or(commit)
}

/// `origin/main` is "main" to people.
fn bare(branch: &str) -> &str {
    branch.strip_prefix("origin/").unwrap_or(branch)
}
