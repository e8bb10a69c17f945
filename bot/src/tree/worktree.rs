//! The working tree as git sees it: which files are there, and which are no longer as they were staged.

use super::difference::{Before, Known, Side};
use super::folder::{Files, walk_below};
use super::folders::Folders;
use super::git::Git;
use super::index::{Index, Kind, Staged};
use super::listing::{self, Listing, Root};
use super::name;
use super::tracked::{Names, Noted, Tracked};
use adrule_policy::plan::Interest;
use adrule_policy::tree::Paths;
use anyhow::{Context as _, Result};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::path::{Path, PathBuf};

/// A repository of at most so many files is looked at as a whole. In a larger one, looking at every file would cost
/// more than the rest of the check: what is not staged is looked for where it can change a verdict.
const WHOLE: usize = 10_000;

/// What is asked of the working tree.
pub struct Wanted<'a> {
    /// What a check takes from a file of this name.
    pub interest: &'a dyn Fn(&str) -> Interest,
    /// Whether to compare files with what is staged.
    pub changes: bool,
    /// The commit to compare with what is staged.
    pub commit: Option<&'a str>,
    /// Whether to look into every folder for files that git does not know, whatever it costs.
    pub everywhere: bool,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Survey {
    pub files: Files,
    /// Files that are not as they were staged, or gone, with the id of the staged content; none where a link or
    /// nothing was staged.
    pub unstaged: BTreeMap<String, Option<String>>,
    /// Files that git does not know and would add.
    pub untracked: BTreeSet<String>,
    /// How what is staged differs from the commit; none where git is to be asked.
    pub staged: Option<Before>,
    /// Those of the files that a check may read, and all that git does not know; none where they were not told apart.
    pub readable: Option<Paths>,
}

impl Survey {
    /// The names among which those are that a check reads, if it reads the files of `only` and what is of interest.
    pub fn to_plan(&self, only: Option<&BTreeSet<String>>) -> Cow<'_, Paths> {
        let Some(readable) = &self.readable else { return Cow::Borrowed(&self.files.paths) };
        let named = only.into_iter().flatten().map(String::as_str).filter(|name| self.files.paths.contains(name));
        readable.changed(std::iter::empty(), named).map_or(Cow::Borrowed(readable), Cow::Owned)
    }
}

/// A file whose content has to be compared with what is staged.
pub struct Suspect {
    pub name: String,
    /// The staged content.
    pub id: String,
}

/// Reads git's index and looks at the working tree; none where the index is not understood, and git is to be asked.
pub fn survey(git: &Git, wanted: &Wanted<'_>) -> Result<Option<Survey>> {
    let Ok(file) = File::open(&git.index) else { return Ok(None) };
    let Ok(Some(index)) = Index::of(&file, git.hash) else { return Ok(None) };
    let whole = index.count <= WHOLE;
    let least = if whole { Interest::None } else { Interest::Content };
    let written = index.written;
    let read = Names::read(index, git.prefix.as_encoded_bytes(), wanted.interest, least);
    let Some(mut names) = read else { return Ok(None) };
    let odd = std::mem::take(&mut names.odd);
    let trees = std::mem::take(&mut names.trees);
    let staged = if odd.is_empty() { differing(git, wanted.commit, &names, &trees, &file)? } else { None };
    drop(trees);
    let folders = Folders::new(&names);
    let mut look = Look {
        git,
        written,
        least: wanted.changes.then_some(least),
        names: &names,
        folders: &folders,
        raw_folders: raw_folders(&odd),
        there: vec![State::Unknown; names.len()],
        other: Vec::new(),
        survey: Survey { files: Files { odd, ..Files::default() }, staged, ..Survey::default() },
        new: Vec::new(),
        suspects: Vec::new(),
    };
    let root = Root::open(&git.root).with_context(|| git.root.display().to_string())?;
    look.look_into(root, &folders.to_look_into(whole || wanted.everywhere));
    look.at_new()?;
    look.at_contents()?;
    look.note_gone();
    let (mut survey, other) = look.result();
    if let Some(other) = other {
        let read = names.noted().filter(|file| file.interest >= Interest::Content).map(|file| names.name(file.at()));
        let read = Paths::from_sorted(read);
        drop(folders);
        let untracked = survey.untracked.iter().map(String::as_str);
        let changed = read.changed(other.iter().map(String::as_str), untracked.clone());
        survey.readable = Some(changed.unwrap_or(read));
        let all = names.into_paths();
        let changed = all.changed(other.iter().map(String::as_str), untracked);
        survey.files.paths = changed.unwrap_or(all);
    }
    Ok(Some(survey))
}

/// How the index differs from a commit, by the trees that git noted in it; none where git is to be asked.
fn differing(git: &Git, commit: Option<&str>, names: &Names, trees: &[u8], file: &File) -> Result<Option<Before>> {
    let Some(commit) = commit.filter(|_| git.prefix.is_empty()) else { return Ok(None) };
    let Some(known) = Known::read(trees, git.hash) else { return Ok(None) };
    if names.noted().any(|file| file.entry.conflict) {
        return Ok(None);
    }
    let side = Side { names, known: &known, file, hash: git.hash };
    git.objects(|objects| side.differing(commit, objects))
}

/// What a folder's listing said of a file that git knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Its folder was not looked into: taken to be there.
    Unknown,
    There,
    /// A file where a link was staged.
    NowFile,
    /// A link where a file was staged.
    NowLink,
    Gone,
}

struct Look<'l> {
    git: &'l Git,
    /// When the index was written.
    written: (u32, u32),
    /// The least interest in a file that is worth comparing it with what is staged; none: nothing is compared.
    least: Option<Interest>,
    names: &'l Names,
    folders: &'l Folders<'l>,
    raw_folders: HashMap<String, OsString>,
    there: Vec<State>,
    /// The files that are not there as they were staged.
    other: Vec<usize>,
    survey: Survey,
    /// What git does not know: files, links and folders, ignored or not.
    new: Vec<New>,
    suspects: Vec<Suspect>,
}

struct New {
    name: String,
    kind: listing::Kind,
}

impl Look<'_> {
    /// A folder comes behind the one around it.
    fn look_into(&mut self, mut root: Root, folders: &[u32]) {
        let mut real = vec![false; self.folders.count()];
        real[0] = true;
        for &at in folders {
            let folder = self.folders.name(at);
            // What a link leads to is not the folder that git knows.
            let listed = if real[at as usize] { root.list(&self.raw(folder)) } else { Err(not_there()) };
            let listing = match listed {
                Ok(listing) => Some(listing),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
                // What may not be looked into is taken to be as git says; reading it will tell.
                Err(_) => continue,
            };
            self.folders.files(at).for_each(|files| self.there[files].fill(State::Gone));
            if let Some(listing) = listing {
                self.look_at(at, &listing, &mut real);
            }
            let all = self.folders.files(at).flatten();
            self.other.extend(all.filter(|file| self.there[*file] != State::There));
        }
    }

    /// Looks at what lies in a folder.
    fn look_at(&mut self, at: u32, listing: &Listing<'_>, real: &mut [bool]) {
        let folder = self.folders.name(at);
        for (raw, kind) in listing.entries.iter().filter(|(raw, _)| raw != ".git") {
            let (text, odd) = name::shown(raw);
            if *kind == listing::Kind::Folder
                && let Some(inner) = self.folders.inner(at, &text)
            {
                real[inner as usize] = true;
                continue;
            }
            let file = self.folders.file(at, &text, self.names).map(|file| (file, self.names.at(file)));
            if let Some((file, tracked)) = file {
                self.there[file] = state(tracked.entry.kind, *kind);
                self.compare(file, &tracked, listing, raw);
            }
            // A folder in the place of a file is new; one in that of a submodule is the submodule.
            let is_new = |(_, file): (usize, Tracked<'_>)| *kind == listing::Kind::Folder && !file.is(Kind::Submodule);
            if file.is_none_or(is_new) {
                let name = if folder.is_empty() { text.into_owned() } else { format!("{folder}/{text}") };
                if odd.is_some() || self.raw_folders.contains_key(folder) {
                    let whole = Path::new(&self.raw(folder)).join(raw).into_os_string();
                    self.survey.files.odd.insert(name.clone(), whole);
                }
                self.add_new(name, *kind);
            }
        }
    }

    fn add_new(&mut self, name: String, kind: listing::Kind) {
        // Another repository is its own affair.
        let is_other = || kind == listing::Kind::Folder && self.on_disk(&name).join(".git").exists();
        if kind != listing::Kind::Other && !is_other() {
            self.new.push(New { name, kind });
        }
    }

    /// Leaves out what is ignored, and goes into folders that git does not know.
    fn at_new(&mut self) -> Result<()> {
        let found = std::mem::take(&mut self.new);
        let mut new = self.not_ignored(found)?;
        let mut below = Vec::new();
        for folder in new.iter().filter(|new| new.kind == listing::Kind::Folder) {
            let found = walk_below(&self.git.root, Path::new(&self.raw(&folder.name)), true)?;
            below.extend(found.paths.iter().map(|path| New { name: path.to_owned(), kind: listing::Kind::File }));
            below.extend(found.links.into_iter().map(|name| New { name, kind: listing::Kind::Link }));
            self.survey.files.odd.extend(found.odd);
        }
        new.extend(self.not_ignored(below)?);
        for New { name, kind } in new {
            match kind {
                listing::Kind::File => {
                    self.survey.untracked.insert(name);
                }
                listing::Kind::Link => {
                    self.survey.files.links.insert(name);
                }
                listing::Kind::Folder | listing::Kind::Other => {}
            }
        }
        Ok(())
    }

    fn not_ignored(&self, new: Vec<New>) -> Result<Vec<New>> {
        if new.is_empty() {
            return Ok(new);
        }
        let names: Vec<OsString> = new.iter().map(|new| self.raw(&new.name)).collect();
        let ignored = self.git.ignored(&names)?;
        Ok(new.into_iter().zip(names).filter(|(_, raw)| !ignored.contains(raw)).map(|(new, _)| new).collect())
    }

    /// Compares a file with what is staged, by what the file system says.
    fn compare(&mut self, at: usize, tracked: &Tracked<'_>, listing: &Listing<'_>, raw: &OsStr) {
        let wanted = self.least.is_some_and(|least| tracked.interest >= least);
        // Git was told not to look at some; of others it says itself that they differ.
        let passed_over = tracked.entry.assumed || tracked.entry.conflict || tracked.entry.announced;
        if !wanted || passed_over || self.there[at] != State::There || !tracked.is(Kind::File) {
            return;
        }
        let Some(staged) = tracked.staged else { return };
        if !listing.seen(raw).is_some_and(|seen| staged.seen.is_surely(seen, self.written)) {
            self.suspects.push(Suspect { name: tracked.name.to_owned(), id: staged.id() });
        }
    }

    /// Compares by content where what the file system says is not enough.
    fn at_contents(&mut self) -> Result<()> {
        let changed = self.git.differing(std::mem::take(&mut self.suspects), &self.survey.files.odd)?;
        self.survey.unstaged.extend(changed.into_iter().map(|suspect| (suspect.name, Some(suspect.id))));
        let is_there = |at: usize| self.there[at] == State::There;
        let announced = self.names.noted().filter(|file| file.entry.announced && is_there(file.at()));
        self.survey.untracked.extend(announced.map(|file| self.names.name(file.at()).to_owned()));
        Ok(())
    }

    /// Notes what became of files that are not what was staged.
    fn note_gone(&mut self) {
        for &at in &self.other {
            let tracked = self.names.at(at);
            let held = tracked.is(Kind::File) && !tracked.entry.announced;
            // Of a file that no check reads the content is not asked for either.
            let staged = || held.then(|| tracked.staged.map(Staged::id).unwrap_or_default());
            match self.there[at] {
                State::Gone if tracked.is(Kind::Submodule) => {}
                State::Gone if tracked.entry.left_out => {
                    if tracked.interest >= Interest::Content
                        && let Some(id) = staged()
                    {
                        self.survey.files.stored.insert(tracked.name.to_owned(), id);
                    }
                    self.there[at] = State::There;
                }
                State::Gone | State::NowFile | State::NowLink => {
                    self.survey.unstaged.insert(tracked.name.to_owned(), staged());
                }
                State::There | State::Unknown => {}
            }
        }
    }

    /// What was found. Where all names are as git has them, their list is left to be made of git's, without the names that
    /// are given beside: they are no files.
    fn result(mut self) -> (Survey, Option<Vec<String>>) {
        let is_file = |at: usize, tracked: &Tracked<'_>| match self.there[at] {
            State::There | State::Unknown => tracked.is(Kind::File),
            State::NowFile => true,
            State::NowLink | State::Gone => false,
        };
        let is_link = |at: usize, tracked: &Tracked<'_>| match self.there[at] {
            State::There | State::Unknown => tracked.is(Kind::Link),
            state => state == State::NowLink,
        };
        // All others are files, and there.
        let staged = self.names.noted().filter(|file| file.entry.kind != Kind::File);
        let all: BTreeSet<usize> = staged.map(Noted::at).chain(self.other.iter().copied()).collect();
        let other = || all.iter().map(|&at| (at, self.names.at(at)));
        let links = other().filter(|(at, tracked)| is_link(*at, tracked));
        self.survey.files.links.extend(links.map(|(_, tracked)| tracked.name.to_owned()));
        self.survey.files.real_folders = true;
        if self.survey.files.odd.is_empty() {
            let no_files = other().filter(|(at, tracked)| !is_file(*at, tracked));
            let no_files = no_files.map(|(_, tracked)| tracked.name.to_owned()).collect();
            return (self.survey, Some(no_files));
        }
        let known = self.names.iter().enumerate().filter(|(at, tracked)| is_file(*at, tracked));
        let known = known.map(|(_, tracked)| tracked.name);
        let room = (self.names.len(), self.names.all().map(str::len).sum());
        let untracked = self.survey.untracked.iter().map(String::as_str);
        self.survey.files.paths = Paths::from_sorted_in(merged(known, untracked), room);
        (self.survey, None)
    }

    fn raw(&self, name: &str) -> OsString {
        let odd = self.survey.files.odd.get(name).or_else(|| self.raw_folders.get(name));
        odd.cloned().unwrap_or_else(|| OsString::from(name))
    }

    fn on_disk(&self, name: &str) -> PathBuf {
        match self.survey.files.odd.get(name).or_else(|| self.raw_folders.get(name)) {
            Some(raw) => self.git.root.join(raw),
            None => self.git.root.join(name),
        }
    }
}

fn state(staged: Kind, kind: listing::Kind) -> State {
    match (staged, kind) {
        (Kind::Submodule, listing::Kind::Folder)
        | (Kind::File, listing::Kind::File)
        | (Kind::Link, listing::Kind::Link) => State::There,
        (Kind::Link | Kind::Submodule, listing::Kind::File) => State::NowFile,
        (Kind::File | Kind::Submodule, listing::Kind::Link) => State::NowLink,
        _ => State::Gone,
    }
}

/// Two sorted lists as one: sorting many names once more would cost more than reading them.
fn merged<'n>(a: impl Iterator<Item = &'n str>, b: impl Iterator<Item = &'n str>) -> impl Iterator<Item = &'n str> {
    let (mut a, mut b) = (a.peekable(), b.peekable());
    std::iter::from_fn(move || match (a.peek(), b.peek()) {
        (Some(first), Some(second)) if first <= second => a.next(),
        (_, Some(_)) => b.next(),
        (_, None) => a.next(),
    })
}

/// The real names of folders whose text is not their name, from those of the files in them.
fn raw_folders(odd: &HashMap<String, OsString>) -> HashMap<String, OsString> {
    let mut folders = HashMap::new();
    for (text, raw) in odd {
        let (mut text, mut raw) = (Path::new(text), Path::new(raw));
        while let (Some(shown), Some(real)) = (text.parent(), raw.parent()) {
            if !shown.as_os_str().is_empty() && shown.as_os_str() != real.as_os_str() {
                folders.insert(shown.to_string_lossy().into_owned(), OsStr::to_owned(real.as_os_str()));
            }
            (text, raw) = (shown, real);
        }
    }
    folders
}

fn not_there() -> std::io::Error {
    std::io::ErrorKind::NotFound.into()
}
