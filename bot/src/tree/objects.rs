//! Git's objects, through one `git cat-file --batch` that stays open.
//!
//! Questions are object ids or revisions, one a line: this works with every git since 1.6, whatever file names hold.

use adrule_policy::text::decode;
use adrule_policy::tree::Content;
use anyhow::{Context as _, Result, bail};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;

/// Largest file that is taken from a revision, in bytes.
pub(super) const MAX_BYTES: u64 = 4 << 20;

/// Bytes of questions that are asked before the first answer is read. They must fit into a pipe (16 KiB and more): git
/// does not read on while nobody takes its answers.
const AHEAD: usize = 8 << 10;

/// What stands for a file that is too large.
pub(super) fn too_large() -> Content {
    Content::Unread(format!("larger than {} MiB, more than is read of any file", MAX_BYTES >> 20))
}

/// What git answered.
#[derive(Debug)]
pub struct Object {
    pub id: String,
    pub content: Content,
}

/// A tree as git keeps it.
pub struct TreeObject {
    pub id: String,
    /// Its entries, each `mode SP name NUL id`.
    pub bytes: Vec<u8>,
}

/// What git answered, as it came.
struct Answer {
    id: String,
    is_tree: bool,
    /// None where there are too many.
    bytes: Option<Vec<u8>>,
}

/// The open process.
pub struct Objects {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Objects {
    pub fn open(mut git: Command) -> Result<Self> {
        let mut child = git
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("git could not be started")?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            bail!("git cat-file has no pipes")
        };
        Ok(Self { child, input: Some(input), output: BufReader::new(output) })
    }

    /// The objects of these names, in their order; none for those that do not exist.
    pub fn all<S: AsRef<str>>(&mut self, names: &[S]) -> Result<Vec<Option<Object>>> {
        self.answers(names, Answer::object)
    }

    /// The trees of these names, in their order; none for those that do not exist, or are none.
    pub fn trees<S: AsRef<str>>(&mut self, names: &[S]) -> Result<Vec<Option<TreeObject>>> {
        let trees = self.answers(names, |answer| {
            let bytes = answer.bytes.filter(|_| answer.is_tree)?;
            Some(TreeObject { id: answer.id, bytes })
        })?;
        Ok(trees.into_iter().map(Option::flatten).collect())
    }

    /// What `take` makes of git's answers; nothing is held of the others meanwhile.
    fn answers<S: AsRef<str>, T>(&mut self, names: &[S], take: impl Fn(Answer) -> T) -> Result<Vec<Option<T>>> {
        let mut objects = Vec::with_capacity(names.len());
        let (mut from, mut ahead) = (0, 0);
        for (at, name) in names.iter().enumerate() {
            if ahead > 0 && ahead + name.as_ref().len() > AHEAD {
                self.some(&names[from..at], &take, &mut objects)?;
                (from, ahead) = (at, 0);
            }
            ahead += name.as_ref().len() + 1;
        }
        self.some(&names[from..], &take, &mut objects)?;
        Ok(objects)
    }

    /// One object.
    pub fn one(&mut self, name: &str) -> Result<Option<Object>> {
        Ok(self.all(&[name])?.pop().flatten())
    }

    fn some<S: AsRef<str>, T>(
        &mut self,
        names: &[S],
        take: &impl Fn(Answer) -> T,
        objects: &mut Vec<Option<T>>,
    ) -> Result<()> {
        // A name with a line break would be two questions, and an empty one none.
        let asked = |name: &S| !name.as_ref().is_empty() && !name.as_ref().contains(['\n', '\r']);
        let mut lines = String::new();
        for name in names.iter().filter(|name| asked(name)) {
            lines.push_str(name.as_ref());
            lines.push('\n');
        }
        let Some(input) = &mut self.input else { bail!("git cat-file has ended") };
        input.write_all(lines.as_bytes()).and_then(|()| input.flush()).context("git cat-file")?;
        for name in names {
            objects.push(if asked(name) { self.answer()?.map(take) } else { None });
        }
        Ok(())
    }

    /// `id type size LF content LF`, or `name missing LF`.
    fn answer(&mut self) -> Result<Option<Answer>> {
        let mut head = String::new();
        self.output.read_line(&mut head).context("git cat-file")?;
        if head.is_empty() {
            bail!("git cat-file ended early");
        }
        let head = head.trim_end_matches('\n');
        if head.ends_with(" missing") || head.ends_with(" ambiguous") {
            return Ok(None);
        }
        let mut parts = head.split(' ');
        let (Some(id), Some(kind), Some(Ok(size))) = (parts.next(), parts.next(), parts.next().map(str::parse::<u64>))
        else {
            bail!("git cat-file answered `{}`", head.escape_debug())
        };
        let mut bytes = None;
        if size > MAX_BYTES {
            std::io::copy(&mut self.output.by_ref().take(size + 1), &mut std::io::sink())?;
        } else {
            let bytes = bytes.insert(Vec::new());
            self.output.by_ref().take(size + 1).read_to_end(bytes)?;
            bytes.pop();
        }
        Ok(Some(Answer { id: id.to_owned(), is_tree: kind == "tree", bytes }))
    }
}

impl Answer {
    fn object(self) -> Object {
        let content = match self.bytes.as_deref().map(decode) {
            None => too_large(),
            Some(_) if self.is_tree => Content::Skipped("not a file".to_owned()),
            Some(Ok(text)) => Content::Text(Arc::from(text)),
            Some(Err(error)) => Content::Unread(error.to_string()),
        };
        Object { id: self.id, content }
    }
}

impl Drop for Objects {
    fn drop(&mut self) {
        // Git ends when there are no more questions.
        self.input = None;
        let _ = self.child.wait();
    }
}
