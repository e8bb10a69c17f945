//! Files of a folder on disk. Symbolic links are never followed: they may lead out of the tree, or round in a circle.

use super::name;
use adrule_policy::parallel;
use adrule_policy::text::decode;
use adrule_policy::tree::{Content, Paths};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// Largest file that is read, in bytes; larger ones are reported. The readers have tighter limits of their own.
const MAX_BYTES: u64 = 4 << 20;

/// Most files that a walk lists: a wrong folder (`/`) ends in a message and not in hours.
const MAX_FILES: usize = 2_000_000;

/// Folders that hold other people's code or build products.
const SKIPPED: &[&str] = &[
    ".git",
    "node_modules",
    "target",
    "vendor",
    ".venv",
    "venv",
    "__pycache__",
    ".tox",
    ".gradle",
    ".terraform",
    ".idea",
];

/// The names of a tree's files.
#[derive(Debug, Default)]
pub struct Files {
    /// Names as text.
    pub paths: Paths,
    /// The real names of those whose text is not their name.
    pub odd: HashMap<String, OsString>,
    /// Symbolic links, which are not followed.
    pub links: HashSet<String>,
    /// Files that a sparse checkout left out, with the ids of their content.
    pub stored: HashMap<String, String>,
    /// Whether every folder was seen to be one, and no link to one.
    pub real_folders: bool,
}

/// All files below `root`.
pub fn walk(root: &Path) -> std::io::Result<Files> {
    walk_below(root, Path::new(""), false)
}

/// All files below a folder of `root`, with their names from `root`. Repositories inside are left out where asked.
pub fn walk_below(root: &Path, start: &Path, leave_repositories: bool) -> std::io::Result<Files> {
    let mut files = Files { real_folders: true, ..Files::default() };
    let mut found: Vec<String> = Vec::new();
    let mut open: Vec<PathBuf> = vec![start.to_owned()];
    while let Some(folder) = open.pop() {
        let entries = match fs::read_dir(root.join(&folder)) {
            Ok(entries) => entries,
            Err(error) if folder.as_os_str().is_empty() => return Err(error),
            // A folder that may not be looked into is like one that is not there.
            Err(_) => continue,
        };
        for entry in entries.flatten() {
            // The kind comes with the name on the usual file systems: no further call a file.
            let Ok(kind) = entry.file_type() else { continue };
            let raw = entry.file_name();
            let path = folder.join(&raw);
            if kind.is_dir() {
                let skipped = raw.to_str().is_some_and(|raw| SKIPPED.contains(&raw));
                let is_repository = || leave_repositories && root.join(&path).join(".git").exists();
                if !(skipped || is_repository()) {
                    open.push(path);
                }
                continue;
            }
            let (text, odd) = name::shown(path.as_os_str());
            let text = text.into_owned();
            if let Some(odd) = odd {
                files.odd.insert(text.clone(), odd);
            }
            if kind.is_symlink() {
                files.links.insert(text);
            } else if kind.is_file() {
                found.push(text);
            }
        }
        if found.len() > MAX_FILES {
            return Err(std::io::Error::other(format!("more than {MAX_FILES} files below {}", root.display())));
        }
    }
    files.paths = found.iter().map(String::as_str).collect();
    Ok(files)
}

/// Reads files below `root`, a few threads at a time.
pub fn read(root: &Path, names: &[&str], files: &Files, threads: usize) -> BTreeMap<Arc<str>, Content> {
    let folders = Folders { root, known: Mutex::default() };
    let one = |name: &&str| (Arc::from(*name), read_one(&folders, name, files));
    // A thread costs more than a few files do.
    parallel::map(names, threads.min(names.len() / 32), one).into_iter().collect()
}

/// Which folders are real, and reached by no link.
struct Folders<'r> {
    root: &'r Path,
    known: Mutex<HashMap<PathBuf, bool>>,
}

impl Folders<'_> {
    fn is_real(&self, folder: &Path) -> bool {
        let Some(parent) = folder.parent() else { return true };
        if let Ok(known) = self.known.lock()
            && let Some(&real) = known.get(folder)
        {
            return real;
        }
        let here = fs::symlink_metadata(self.root.join(folder)).is_ok_and(|data| data.is_dir());
        let real = here && self.is_real(parent);
        if let Ok(mut known) = self.known.lock() {
            known.insert(folder.to_owned(), real);
        }
        real
    }
}

fn read_one(folders: &Folders<'_>, name: &str, files: &Files) -> Content {
    let raw: &Path = files.odd.get(name).map_or(Path::new(name), Path::new);
    let is_real = files.real_folders || folders.is_real(raw.parent().unwrap_or(Path::new("")));
    if files.links.contains(name) || !is_real {
        return Content::Skipped("a symbolic link, not followed".to_owned());
    }
    let path = folders.root.join(raw);
    // Where folders were listed, it is known to be a file.
    if files.real_folders { content(&path) } else { read_named(&path) }
}

/// Reads one file that somebody named. A pipe or a device is not opened: nobody may ever write to it.
pub fn read_named(path: &Path) -> Content {
    match fs::metadata(path) {
        Ok(data) if !data.is_file() => Content::Unread("not a regular file".to_owned()),
        _ => content(path),
    }
}

fn content(path: &Path) -> Content {
    match bytes(path) {
        Ok(Some(bytes)) => match decode(&bytes) {
            Ok(text) => Content::Text(Arc::from(text)),
            Err(error) => Content::Unread(error.to_string()),
        },
        Ok(None) => Content::Unread(format!("larger than {} MiB, more than is read of any file", MAX_BYTES >> 20)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Content::Skipped("no longer there".to_owned()),
        Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
            Content::Unread("no permission to read it".to_owned())
        }
        Err(error) => Content::Unread(error.to_string()),
    }
}

/// A file's bytes; none where it is too large.
fn bytes(path: &Path) -> std::io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::with_capacity(4096);
    File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= MAX_BYTES).then_some(bytes))
}

/// The files that differ between two folders, by name or by content.
pub fn differing(root: &Path, files: &Files, before: &Path, old: &Files) -> BTreeSet<String> {
    let gone = old.paths.iter().filter(|path| !files.paths.contains(path)).map(str::to_owned);
    let new_or_other =
        files.paths.iter().filter(|path| !old.paths.contains(path) || !same(&root.join(path), &before.join(path)));
    gone.chain(new_or_other.map(str::to_owned)).collect()
}

/// Whether two files hold the same, read side by side: they may be larger than memory.
fn same(a: &Path, b: &Path) -> bool {
    let length = |path: &Path| fs::metadata(path).map(|data| data.len()).ok();
    let (Ok(first), Ok(second)) = (File::open(a), File::open(b)) else { return false };
    let (mut first, mut second) = (BufReader::new(first), BufReader::new(second));
    length(a) == length(b)
        && loop {
            let (Ok(left), Ok(right)) = (first.fill_buf(), second.fill_buf()) else { break false };
            let count = left.len().min(right.len());
            if left[..count] != right[..count] {
                break false;
            }
            if count == 0 {
                break left.is_empty() && right.is_empty();
            }
            first.consume(count);
            second.consume(count);
        }
}
