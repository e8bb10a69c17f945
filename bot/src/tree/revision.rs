//! What a change is compared with, what differs, and files as they were.

use super::difference::Before;
use super::folder::Files;
use super::git::{Git, raw};
use super::name;
use super::objects::Object;
use super::worktree::{Survey, Suspect};
use adrule_policy::tree::{Content, Paths};
use anyhow::{Result, bail};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

/// Commits of which the parents are looked at before git is asked.
const FEW: usize = 8;

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
    before: Before,
}

impl Git {
    fn commits(&self, revisions: &[&str]) -> Result<Vec<Option<Object>>> {
        let names: Vec<String> = revisions.iter().map(|revision| format!("{revision}^{{commit}}")).collect();
        self.objects(|objects| objects.all(&names))
    }

    /// The id of a commit; none where it is not here.
    pub fn commit(&self, revision: &str) -> Result<Option<String>> {
        Ok(self.commits(&[revision])?.pop().flatten().map(|commit| commit.id))
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
            (Some((branch, tip)), _) => (branch, tip.id),
            (None, Some(wanted)) if self.is_shallow => bail!(
                "this clone is shallow and does not have `{wanted}`; fetch it first: git fetch --depth=1 origin {wanted}"
            ),
            (None, Some(wanted)) => bail!("`{wanted}` is no revision of this repository and no folder"),
            (None, None) => return Ok(Base { words: format!("HEAD ({})", short(&head.id)), commit: Some(head.id) }),
        };
        let name = match branch {
            "origin/HEAD" => self.line(&["symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"]),
            _ => None,
        };
        let name = name.unwrap_or_else(|| branch.to_owned());
        let parted = match self.comes_from(&head, &tip)? {
            true => Some(tip.clone()),
            false => self.line(&["merge-base", &tip, &head.id]),
        };
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

    /// Whether a commit is another one, or came behind it, seen by a look at the first parents of a few commits: most
    /// changes are a few commits behind the tip of a branch, and to start git once more costs more than that.
    fn comes_from(&self, commit: &Object, other: &str) -> Result<bool> {
        if commit.id == other {
            return Ok(true);
        }
        // Git is told that some commits of a shallow clone have no parents, whatever stands in them.
        if self.is_shallow {
            return Ok(false);
        }
        let mut parents = parents(commit);
        for _ in 0..FEW {
            if parents.iter().any(|parent| parent == other) {
                return Ok(true);
            }
            let Some(first) = parents.first() else { return Ok(false) };
            let Some(before) = self.commits(&[first])?.pop().flatten() else { return Ok(false) };
            parents = self::parents(&before);
        }
        Ok(false)
    }

    /// The last commit, which the next one comes behind.
    pub fn head(&self) -> Result<Base> {
        Ok(match self.commits(&["HEAD"])?.pop().flatten() {
            Some(commit) => Base { words: format!("HEAD ({})", short(&commit.id)), commit: Some(commit.id) },
            None => Base { commit: None, words: "an empty repository".to_owned() },
        })
    }

    /// What differs between a revision and the working tree.
    pub fn changes(&self, base: &Base, survey: &Survey) -> Result<Changes> {
        let Some(commit) = &base.commit else {
            return Ok(Changes { before: survey.files.paths.iter().map(|path| (path.to_owned(), None)).collect() });
        };
        let mut before = match &survey.staged {
            Some(staged) => staged.clone(),
            None => self.differing_from(commit, false)?,
        };
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

    /// What differs between a revision and the next commit.
    pub fn staged_changes(&self, base: &Base, files: &Files) -> Result<Changes> {
        let mut before = match &base.commit {
            Some(commit) => self.differing_from(commit, true)?,
            None => files.paths.iter().map(|path| (path.to_owned(), None)).collect(),
        };
        before.retain(|name, was| was.is_some() || files.paths.contains(name));
        Ok(Changes { before })
    }

    /// Files of the index that are not as in a revision, with the id of what they held there. What is only announced
    /// (`git add --intent-to-add`) is new, or not there for the next commit.
    pub(super) fn differing_from(&self, commit: &str, is_next_commit: bool) -> Result<Before> {
        let mut before = Before::new();
        for (change, name) in raw(&self.differs_from(Some(commit), is_next_commit)?) {
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
        Ok(before)
    }

    /// How the index differs from a revision, or from an empty tree, as git prints it.
    pub(super) fn differs_from(&self, commit: Option<&str>, is_next_commit: bool) -> Result<Vec<u8>> {
        // Git knows the empty tree without having it.
        const EMPTY: [&str; 2] = [
            "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
            "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
        ];
        let tree = commit.unwrap_or(EMPTY[usize::from(self.hash == 32)]);
        let announced = if is_next_commit { "--ita-invisible-in-index" } else { "--ita-visible-in-index" };
        let options = ["--cached", "--raw", "-z", "--no-renames", "--relative", "--ignore-submodules", announced];
        self.run(&[&["diff-index"], options.as_slice(), &[tree, "--"]].concat())
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

    pub(super) fn contents(&self, asked: &[(&str, String)], contents: &mut BTreeMap<Arc<str>, Content>) -> Result<()> {
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
    pub fn first_of<'p>(&self, commit: &str, paths: &[&'p str]) -> Result<Option<(&'p str, Content)>> {
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

    /// The names that the base had and today's tree has not, sorted.
    pub fn gone<'c>(&'c self, files: &'c Files) -> impl Iterator<Item = &'c str> {
        let gone = self.before.iter().filter(|(path, was)| was.is_some() && !files.paths.contains(path));
        gone.map(|(path, _)| path.as_str())
    }

    /// Whether the base has no such file, though today's tree may.
    pub fn is_new(&self, name: &str) -> bool {
        self.before.get(name).is_some_and(Option::is_none)
    }

    /// The names that the base had, from those of today.
    pub fn names_before(&self, files: &Files) -> Paths {
        let new = self.before.iter().filter(|(_, was)| was.is_none()).map(|(path, _)| path.as_str());
        files.paths.changed(new, self.gone(files)).unwrap_or_else(|| files.paths.clone())
    }
}

/// The commits that one came behind, as it says in its head: one line each behind that of its tree.
fn parents(commit: &Object) -> Vec<String> {
    let Content::Text(text) = &commit.content else { return Vec::new() };
    let lines = text.lines().skip(1).map_while(|line| line.strip_prefix("parent "));
    lines.map(str::to_owned).collect()
}

fn short(commit: &str) -> &str {
    commit.get(..7).unwrap_or(commit)
}

/// `origin/main` is "main" to people.
fn bare(branch: &str) -> &str {
    branch.strip_prefix("origin/").unwrap_or(branch)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;
    use std::process::Command;

    fn run(folder: &Path, args: &str) -> String {
        let mut git = Command::new("git");
        git.arg("-C").arg(folder).args(["-c", "user.name=a", "-c", "user.email=a@example.com"]).args(args.split(' '));
        let out = git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").output().unwrap();
        String::from_utf8(out.stdout).unwrap().trim().to_owned()
    }

    /// Behind the tip of a branch by no commit, by a few, by many; beside it; through a merge; without anything in common.
    #[test]
    fn where_a_branch_began_is_as_git_says() {
        let folder = std::env::temp_dir().join(format!("adrule-began-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let commit = || drop(run(&folder, "commit -q --allow-empty -m some"));
        run(&folder, "init -q -b main");
        commit();
        let steps: &[&dyn Fn()] = &[
            &|| {},
            &|| drop(run(&folder, "switch -q -c branch")),
            &commit,
            &commit,
            &|| (0..2 * FEW).for_each(|_| commit()),
            &|| {
                run(&folder, "switch -q main");
                commit();
                run(&folder, "switch -q branch");
            },
            &|| drop(run(&folder, "merge -q --no-ff -m merge main")),
            &commit,
            &|| drop(run(&folder, "switch -q --orphan other")),
            &commit,
        ];
        for (at, step) in steps.iter().enumerate() {
            step();
            let git = Git::find(&folder).unwrap().unwrap();
            let base = git.base(Some("main")).unwrap().commit;
            let says = run(&folder, "merge-base main HEAD");
            let expected = match run(&folder, "rev-parse -q --verify HEAD").is_empty() {
                true => None,
                false if says.is_empty() => Some(run(&folder, "rev-parse main")),
                false => Some(says),
            };
            assert_eq!(base, expected, "step {at}");
        }
        let _ = std::fs::remove_dir_all(&folder);
    }
}
