use super::super::git::Git;
use super::super::index::Index;
use super::super::tracked::Names;
use super::*;
use adrule_policy::plan::Interest;
use std::fs;
use std::path::Path;
use std::process::Command;

fn known(bytes: &[u8]) -> Option<Vec<(String, bool, usize)>> {
    let known = Known::read(bytes, 2)?;
    let show = |node: &Node<'_>| (String::from_utf8_lossy(node.name).into_owned(), node.id.is_some(), node.behind);
    Some(known.nodes.iter().map(show).collect())
}

#[test]
fn folders_of_an_index() {
    let bytes = b"\x00-1 2\na\x003 1\nIDb\x001 0\nIDc\x00-1 0\n";
    let expected = [("", false, 4), ("a", true, 3), ("b", true, 3), ("c", false, 4)];
    assert_eq!(known(bytes).unwrap(), expected.map(|(name, id, behind)| (name.to_owned(), id, behind)));
    let read = Known::read(bytes, 2).unwrap();
    assert_eq!(read.inside(0).into_iter().collect::<BTreeMap<_, _>>(), [(&b"a"[..], 1), (b"c", 3)].into());
    for end in 0..bytes.len() {
        assert!(known(&bytes[..end]).is_none(), "cut at {end}");
    }
}

#[test]
fn entries_of_a_tree() {
    let tree = b"100644 a\x00ID40000 b\x00ID120000 c\x00ID160000 d\x00ID";
    let modes: Vec<Mode> = entries(tree, 2).unwrap().into_values().map(|(mode, _)| mode).collect();
    let other = [Kind::File, Kind::Link, Kind::Submodule].map(Mode::Other);
    assert_eq!(modes, [other[0], Mode::Folder, other[1], other[2]]);
    assert!(entries(&tree[..tree.len() - 1], 2).is_none() && entries(b"77 a\x00ID", 2).is_none());
    assert!(entries(b"100644 \xff\x00ID", 2).is_none());
}

struct Place(std::path::PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("adrule-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let place = Self(folder);
        place.git("init -q -b main");
        place
    }

    fn git(&self, args: &str) {
        let own = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
        let mut git = Command::new("git");
        git.arg("-C").arg(&self.0).args(own).args(args.split(' '));
        let out = git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").output().unwrap();
        assert!(out.status.success(), "git {args}: {}", String::from_utf8_lossy(&out.stderr));
    }

    /// Writes a file in the place of whatever is there.
    fn write(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        self.remove(&path);
        for folder in path.parent().unwrap().ancestors().filter(|folder| folder.is_file()) {
            fs::remove_file(folder).unwrap();
        }
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn remove(&self, path: &Path) {
        if path.is_dir() {
            fs::remove_dir_all(path).unwrap();
        } else {
            let _ = fs::remove_file(path);
        }
    }

    /// What is said here and what git says; none where git would be asked.
    fn both(&self) -> Option<(Before, Before)> {
        let git = Git::find(&self.0).unwrap().unwrap();
        let commit = git.commit("base").unwrap().unwrap();
        let file = File::open(&git.index).unwrap();
        let index = Index::of(&file, git.hash).unwrap()?;
        // No id is kept, so each is read from the index.
        let mut names = Names::read(index, b"", &|_| Interest::None, Interest::Content)?;
        let trees = std::mem::take(&mut names.trees);
        let known = Known::read(&trees, git.hash)?;
        let side = Side { names: &names, known: &known, file: &file, hash: git.hash };
        let ours = git.objects(|objects| side.differing(&commit, objects)).unwrap()?;
        Some((ours, git.differing_from(&commit, false).unwrap()))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Stages one change after the other; with and without what git notes of folders when it commits.
#[test]
#[cfg(target_os = "linux")]
fn the_same_as_git_says() {
    let place = Place::new("difference");
    for path in ["a.md", "bin/run", "docs/x/1.md", "docs/x/2.md", "docs/x-y/3.md", "docs/y.md", "deep/1/2/3/4.txt"] {
        place.write(path, path);
    }
    std::os::unix::fs::symlink("a.md", place.0.join("link")).unwrap();
    place.git("add -A");
    place.git("commit -q -m one");
    place.git("branch base");
    let steps: &[&dyn Fn()] = &[
        &|| {},
        &|| place.write("docs/x/1.md", "other"),
        &|| place.write("new/in/folders.md", "new"),
        &|| place.remove(&place.0.join("deep/1/2/3/4.txt")),
        &|| place.write("docs/x", "a file where a folder was"),
        &|| place.write("a.md/b/c.md", "a folder where a file was"),
        &|| place.git("update-index --chmod=+x bin/run"),
        &|| {
            place.remove(&place.0.join("link"));
            std::os::unix::fs::symlink("docs/y.md", place.0.join("link")).unwrap();
        },
        &|| place.write("docs/y.md", "staged, and changed again"),
        &|| place.write("link", "a file where a link was"),
        &|| {
            place.remove(&place.0.join("docs/x-y/3.md"));
            std::os::unix::fs::symlink("y.md", place.0.join("docs/x-y/3.md")).unwrap();
        },
        &|| place.git("rm -r -q --cached docs"),
        &|| place.git("reset -q --hard base"),
    ];
    let mut compared = 0;
    for commits in [false, true] {
        for (at, step) in steps.iter().enumerate() {
            step();
            place.git("add -A");
            place.write("announced.md", "announced");
            place.git("add -N announced.md");
            if commits {
                place.git("rm -q --cached announced.md");
                place.git("commit -q --allow-empty -m step");
            }
            let Some((ours, theirs)) = place.both() else { continue };
            assert_eq!(ours, theirs, "step {at}");
            compared += 1;
            place.remove(&place.0.join("announced.md"));
        }
    }
    assert!(compared >= steps.len(), "{compared}");
}
