//! Git's index: the names that git knows, and what it remembers of each file on disk.
//!
//! Read by ourselves because git's own commands look at every file of the working tree, and adrule needs to know of a
//! few only. What this reader does not know (a split or sparse index, a future version) it refuses; git is asked then.

use std::fs::{File, Metadata};
use std::io::Read;

/// Bytes of an entry before its object id.
const FIXED: usize = 40;

/// What is said of the length of a name of so many bytes and more.
const LONG: usize = 0xFFF;

/// An entry that does not fit into so many bytes is refused: no file system has such names.
const LONGEST: usize = 32 << 10;

/// Bytes that are held at a time: an index may be larger than all else that a check holds.
const WINDOW: usize = 256 << 10;

/// What kind of thing an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    File,
    Link,
    /// A repository inside this one.
    Submodule,
}

/// What the index says about one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    pub kind: Kind,
    /// Part of a merge that is not resolved.
    pub conflict: bool,
    /// Left out of a sparse checkout: it need not be on disk.
    pub left_out: bool,
    /// Announced by `git add --intent-to-add`, without content.
    pub announced: bool,
    /// Git was told not to look at the file (`git update-index --assume-unchanged`).
    pub assumed: bool,
}

impl Entry {
    /// A file of which nothing else is said.
    pub const PLAIN: Self =
        Self { kind: Kind::File, conflict: false, left_out: false, announced: false, assumed: false };
}

/// One name's part of the index. It is taken apart as far as somebody asks: of most names nothing is asked.
#[derive(Clone, Copy)]
pub struct Record<'i> {
    head: &'i [u8; FIXED],
    id: &'i [u8],
    flags: u16,
    /// The flags of version 3 and later.
    more: u16,
    /// Where it starts in the index; 0 beyond 4 GiB.
    pub at: u32,
    pub kind: Kind,
}

impl<'i> Record<'i> {
    /// The part of an entry before its name, and where the name starts; none where it is not understood.
    fn read(bytes: &'i [u8], hash: usize, version: u32, at: u32) -> Option<(Self, usize)> {
        let head = bytes.first_chunk()?;
        let id = bytes.get(FIXED..FIXED + hash)?;
        let kind = match number(bytes, 24)? >> 12 {
            0o10 => Kind::File,
            0o12 => Kind::Link,
            0o16 => Kind::Submodule,
            // A folder stands in a sparse index only.
            _ => return None,
        };
        let mut start = FIXED + hash;
        let flags = short(bytes, start)?;
        start += 2;
        let mut more = 0;
        if version >= 3 && flags & 0x4000 != 0 {
            more = short(bytes, start)?;
            start += 2;
        }
        Some((Self { head, id, flags, more, at, kind }, start))
    }

    /// Whether it is a file of which nothing else is said.
    pub fn is_plain(&self) -> bool {
        self.kind == Kind::File && self.flags & 0xB000 == 0 && self.more & 0x6000 == 0
    }

    pub fn entry(&self) -> Entry {
        Entry {
            kind: self.kind,
            conflict: self.flags & 0x3000 != 0,
            left_out: self.more & 0x4000 != 0,
            announced: self.more & 0x2000 != 0,
            assumed: self.flags & 0x8000 != 0,
        }
    }

    /// Where its name ends, which starts there: behind as many bytes as it says, unless they are too many to say, else
    /// before a NUL.
    fn end(&self, bytes: &[u8], start: usize) -> Option<usize> {
        let length = usize::from(self.flags) & LONG;
        if length < LONG && bytes.get(start + length) == Some(&0) {
            return Some(start + length);
        }
        Some(start + memchr::memchr(0, bytes.get(start..)?)?)
    }

    /// What was staged.
    pub fn staged(&self) -> Option<Staged> {
        let field = |index: usize| number(self.head, 4 * index);
        let (changed, modified) = ((field(0)?, field(1)?), (field(2)?, field(3)?));
        let seen = Seen { changed, modified, inode: field(5)?, size: field(9)? };
        Some(Staged { seen, id: Id::new(self.id)? })
    }
}

/// Where the object id of an entry stands that starts there, if that is known.
pub fn id_at(at: u32) -> Option<u64> {
    (at > 0).then(|| u64::from(at) + FIXED as u64)
}

/// What was staged of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Staged {
    /// What the file system said when git last looked.
    pub seen: Seen,
    /// The content.
    pub id: Id,
}

impl Staged {
    /// The id of the content, in hexadecimal digits.
    pub fn id(&self) -> String {
        self.id.to_string()
    }
}

/// An object id. SHA-1 fills the first twenty bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Id {
    bytes: [u8; 32],
    length: u8,
}

impl Id {
    /// From bytes; none where they are no object id.
    pub fn new(bytes: &[u8]) -> Option<Self> {
        let mut id = Self { bytes: [0; 32], length: u8::try_from(bytes.len()).ok()? };
        id.bytes.get_mut(..bytes.len())?.copy_from_slice(bytes);
        Some(id)
    }

    /// From hexadecimal digits.
    pub fn parse(digits: &str) -> Option<Self> {
        let nibbles: Option<Vec<u8>> = digits.chars().map(|digit| digit.to_digit(16)?.try_into().ok()).collect();
        let bytes: Vec<u8> =
            nibbles?.chunks(2).map(|pair| pair.iter().fold(0, |byte, nibble| byte << 4 | nibble)).collect();
        Self::new(&bytes)
    }
}

/// Hexadecimal digits.
impl std::fmt::Display for Id {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.bytes.iter().take(self.length.into()).try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

/// What the file system says of a file: times in seconds and nanoseconds, all numbers cut to 32 bits as git does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    pub changed: (u32, u32),
    pub modified: (u32, u32),
    pub inode: u32,
    pub size: u32,
}

impl Seen {
    /// Whether a file is surely as it was staged: nothing differs, and it was not written at the moment when the index
    /// was, or later, which may leave nothing to see. Where it is not sure, its content has to be compared.
    pub fn is_surely(self, now: Self, index_written: (u32, u32)) -> bool {
        self == now && now.modified < index_written && now.changed < index_written
    }
}

/// When a file was written; none where git's notes are not known to be comparable with what the file system says:
/// names may differ in case or in Unicode form from those on disk. Git is asked there.
#[cfg(target_os = "linux")]
fn written(data: &Metadata) -> Option<(u32, u32)> {
    use std::os::linux::fs::MetadataExt as _;
    Some((data.st_mtime() as u32, data.st_mtime_nsec() as u32))
}

#[cfg(not(target_os = "linux"))]
fn written(_: &Metadata) -> Option<(u32, u32)> {
    None
}

/// An open index.
pub struct Index<R> {
    source: R,
    /// Bytes of the source that are not read yet, but for the checksum at its end.
    left: u64,
    window: Vec<u8>,
    /// Where the next byte is in the window.
    at: usize,
    /// Where it is in the source.
    passed: u64,
    /// Bytes of an object id.
    hash: usize,
    version: u32,
    /// How many entries there are.
    pub count: usize,
    /// When it was written.
    pub written: (u32, u32),
}

impl<'f> Index<&'f File> {
    /// An index whose object ids have `hash` bytes; none where it is not one that is known here.
    pub fn of(file: &'f File, hash: usize) -> std::io::Result<Option<Self>> {
        let data = file.metadata()?;
        Ok(written(&data).and_then(|written| Self::new(file, data.len(), hash, written)))
    }
}

impl<R: Read> Index<R> {
    fn new(source: R, length: u64, hash: usize, written: (u32, u32)) -> Option<Self> {
        let left = length.checked_sub(hash as u64)?;
        let mut index =
            Self { source, left, window: Vec::new(), at: 0, passed: 0, hash, version: 0, count: 0, written };
        let head = index.ahead()?;
        let is_index = head.starts_with(b"DIRC");
        (index.version, index.count) = (number(head, 4)?, usize::try_from(number(head, 8)?).ok()?);
        index.pass(12);
        (is_index && (2..=4).contains(&index.version)).then_some(index)
    }

    /// How many entries there can be, and how many bytes their names can have in sum: never more than the file says
    /// that it holds.
    pub fn room(&self) -> (usize, usize) {
        let left = usize::try_from(self.left).unwrap_or(usize::MAX);
        let fixed = FIXED + self.hash + 2;
        let count = self.count.min(left / fixed);
        (count, left - count * fixed)
    }

    /// What comes next: a whole entry, or all that is left.
    fn ahead(&mut self) -> Option<&[u8]> {
        // Behind the end where a damaged entry says so.
        if self.at > self.window.len() {
            return None;
        }
        if self.window.len() - self.at < LONGEST && self.left > 0 {
            self.window.drain(..self.at);
            self.at = 0;
            let more = self.left.min((WINDOW - self.window.len()) as u64);
            let read = self.source.by_ref().take(more).read_to_end(&mut self.window).ok()?;
            // Cut off while we read: git is writing another one.
            self.left = if read as u64 == more { self.left - more } else { return None };
        }
        self.window.get(self.at..)
    }

    fn pass(&mut self, bytes: usize) {
        self.at += bytes;
        self.passed += bytes as u64;
    }

    /// Shows every entry with its name from the top of the working tree, in order, and gives the bytes of the extension
    /// that knows which folders are as in a tree object (none where there is no such extension). None where the index is
    /// damaged, or says more than this reader understands; what was shown is then not to be used.
    pub fn each(mut self, mut show: impl FnMut(&[u8], &Record<'_>)) -> Option<Vec<u8>> {
        let mut shortened: Vec<u8> = Vec::new();
        let (hash, version) = (self.hash, self.version);
        for _ in 0..self.count {
            let at = u32::try_from(self.passed).unwrap_or_default();
            let bytes = self.ahead()?;
            let (record, start) = Record::read(bytes, hash, version, at)?;
            let length = if version == 4 {
                let end = lengthen(bytes, start, &mut shortened)?;
                show(&shortened, &record);
                end
            } else {
                let end = record.end(bytes, start)?;
                show(&bytes[start..end], &record);
                // Entries are filled up with one to eight NULs to a multiple of eight bytes.
                (end + 8) / 8 * 8
            };
            self.pass(length);
        }
        self.extensions()
    }

    /// Extensions whose names start with a small letter change what the entries mean: none of them is known here. Keeps
    /// the one of trees.
    fn extensions(mut self) -> Option<Vec<u8>> {
        let mut trees = Vec::new();
        loop {
            let bytes = self.ahead()?;
            if bytes.is_empty() {
                return Some(trees);
            }
            if !bytes[0].is_ascii_uppercase() {
                return None;
            }
            let is_trees = bytes.starts_with(b"TREE");
            let mut size = u64::from(number(bytes, 4)?);
            self.pass(8);
            while size > 0 {
                let here = self.ahead()?;
                let here = &here[..here.len().min(usize::try_from(size).unwrap_or(usize::MAX))];
                if here.is_empty() {
                    return None;
                }
                if is_trees {
                    trees.extend_from_slice(here);
                }
                let length = here.len();
                self.pass(length);
                size -= length as u64;
            }
        }
    }
}

/// Version 4 says how many bytes to cut from the end of the name before, and what to add. Gives where the entry ends.
fn lengthen(bytes: &[u8], start: usize, name: &mut Vec<u8>) -> Option<usize> {
    let (cut, start) = length(bytes, start)?;
    let end = start + memchr::memchr(0, bytes.get(start..)?)?;
    name.truncate(name.len().checked_sub(cut)?);
    name.extend_from_slice(&bytes[start..end]);
    Some(end + 1)
}

/// A number of variable length: seven bits a byte, the highest first, each further byte counted from one.
fn length(bytes: &[u8], mut at: usize) -> Option<(usize, usize)> {
    let mut value = 0usize;
    loop {
        let byte = *bytes.get(at)?;
        at += 1;
        value = value.checked_mul(128)?.checked_add(usize::from(byte & 0x7F))?;
        if byte & 0x80 == 0 {
            return Some((value, at));
        }
        value = value.checked_add(1)?;
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

#[cfg(test)]
pub(super) mod tests;
