//! Git's index: the names that git knows, and what it remembers of each file on disk.
//!
//! Read by ourselves because git's own commands look at every file of the working tree, and adrule needs to know of a
//! few only. What this reader does not know (a split or sparse index, a future version) it refuses; git is asked then.

use std::fs::{File, Metadata};
use std::io::Read as _;
use std::path::Path;

/// Largest index that is read, in bytes: some ten million files.
const MAX_BYTES: u64 = 1 << 30;

/// Bytes of an entry before its object id.
const FIXED: usize = 40;

/// What kind of thing an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    File,
    Link,
    /// A repository inside this one.
    Submodule,
}

/// What the index says about one name.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    pub kind: Kind,
    /// Where the entry starts.
    at: u32,
    /// Part of a merge that is not resolved.
    pub conflict: bool,
    /// Left out of a sparse checkout: it need not be on disk.
    pub left_out: bool,
    /// Announced by `git add --intent-to-add`, without content.
    pub announced: bool,
    /// Git was told not to look at the file (`git update-index --assume-unchanged`).
    pub assumed: bool,
}

/// What the file system said of a file when git last looked: times in seconds and nanoseconds, all numbers cut to 32
/// bits as git does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    pub changed: (u32, u32),
    pub modified: (u32, u32),
    pub inode: u32,
    pub size: u32,
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

/// An index in memory.
pub struct Index {
    bytes: Vec<u8>,
    /// Bytes of an object id.
    hash: usize,
    version: u32,
    count: usize,
    /// When it was written: a file that was modified at that moment or later may look unmodified and not be so.
    written: (u32, u32),
}

impl Index {
    /// Reads an index whose object ids have `hash` bytes; none where it is not one that is known here.
    pub fn read(path: &Path, hash: usize) -> std::io::Result<Option<Self>> {
        let file = File::open(path)?;
        let data = file.metadata()?;
        let (Some(written), true) = (written(&data), data.len() <= MAX_BYTES) else { return Ok(None) };
        let mut bytes = Vec::with_capacity(usize::try_from(data.len()).unwrap_or(0) + 1);
        file.take(MAX_BYTES).read_to_end(&mut bytes)?;
        Ok(Self::new(bytes, hash, written))
    }

    fn new(bytes: Vec<u8>, hash: usize, written: (u32, u32)) -> Option<Self> {
        let version = number(&bytes, 4)?;
        let count = usize::try_from(number(&bytes, 8)?).ok()?;
        (bytes.starts_with(b"DIRC") && (2..=4).contains(&version)).then_some(Self {
            bytes,
            hash,
            version,
            count,
            written,
        })
    }

    /// Shows every entry with its name from the top of the working tree, in order. None where the index is damaged, or
    /// says more than this reader understands; what was shown is then not to be used.
    pub fn each(&self, mut show: impl FnMut(&[u8], Entry)) -> Option<()> {
        let mut at = 12;
        let mut shortened: Vec<u8> = Vec::new();
        for _ in 0..self.count {
            let kind = match number(&self.bytes, at + 24)? >> 12 {
                0o10 => Kind::File,
                0o12 => Kind::Link,
                0o16 => Kind::Submodule,
                // A folder stands in a sparse index only.
                _ => return None,
            };
            let mut start = at + FIXED + self.hash;
            let flags = short(&self.bytes, start)?;
            start += 2;
            let mut more = 0;
            if self.version >= 3 && flags & 0x4000 != 0 {
                more = short(&self.bytes, start)?;
                start += 2;
            }
            let entry = Entry {
                kind,
                at: u32::try_from(at).ok()?,
                conflict: flags & 0x3000 != 0,
                left_out: more & 0x4000 != 0,
                announced: more & 0x2000 != 0,
                assumed: flags & 0x8000 != 0,
            };
            if self.version == 4 {
                at = self.lengthen(start, &mut shortened)?;
                show(&shortened, entry);
            } else {
                let end = start + memchr::memchr(0, self.bytes.get(start..)?)?;
                show(&self.bytes[start..end], entry);
                // Entries are filled up with one to eight NULs to a multiple of eight bytes.
                at += (end - at + 8) / 8 * 8;
            }
        }
        self.knows_extensions(at)
    }

    /// Version 4 says how many bytes to cut from the end of the name before, and what to add.
    fn lengthen(&self, start: usize, name: &mut Vec<u8>) -> Option<usize> {
        let (cut, start) = self.length(start)?;
        let end = start + memchr::memchr(0, self.bytes.get(start..)?)?;
        name.truncate(name.len().checked_sub(cut)?);
        name.extend_from_slice(&self.bytes[start..end]);
        Some(end + 1)
    }

    /// A number of variable length: seven bits a byte, the highest first, each further byte counted from one.
    fn length(&self, mut at: usize) -> Option<(usize, usize)> {
        let mut value = 0usize;
        loop {
            let byte = *self.bytes.get(at)?;
            at += 1;
            value = value.checked_mul(128)?.checked_add(usize::from(byte & 0x7F))?;
            if byte & 0x80 == 0 {
                return Some((value, at));
            }
            value = value.checked_add(1)?;
        }
    }

    /// Extensions whose names start with a small letter change what the entries mean: none of them is known here.
    fn knows_extensions(&self, mut at: usize) -> Option<()> {
        let end = self.bytes.len().checked_sub(self.hash)?;
        while at + 8 <= end {
            if !self.bytes[at].is_ascii_uppercase() {
                return None;
            }
            at = (at + 8).checked_add(usize::try_from(number(&self.bytes, at + 4)?).ok()?)?;
        }
        (at == end).then_some(())
    }

    /// Whether a file is surely as it was staged. Where it is not sure, its content has to be compared.
    pub fn is_surely_same(&self, entry: Entry, now: Seen) -> bool {
        self.seen(entry) == Some(now) && now.modified < self.written && now.changed < self.written
    }

    fn seen(&self, entry: Entry) -> Option<Seen> {
        let field = |index: usize| number(&self.bytes, entry.at as usize + 4 * index);
        Some(Seen {
            changed: (field(0)?, field(1)?),
            modified: (field(2)?, field(3)?),
            inode: field(5)?,
            size: field(9)?,
        })
    }

    /// The id of the staged content, in hexadecimal digits.
    pub fn id(&self, entry: Entry) -> Option<String> {
        let start = entry.at as usize + FIXED;
        let id = self.bytes.get(start..start + self.hash)?;
        let digits = id.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        digits.map(|digit| char::from_digit(digit.into(), 16)).collect()
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str, before: &str, version: u32) -> Vec<u8> {
        let mut bytes = vec![0; FIXED + 20];
        bytes[24..28].copy_from_slice(&0o100_644_u32.to_be_bytes());
        bytes.extend((name.len() as u16).to_be_bytes());
        if version == 4 {
            let same = name.bytes().zip(before.bytes()).take_while(|(a, b)| a == b).count();
            bytes.push((before.len() - same) as u8);
            bytes.extend(name[same..].bytes().chain([0]));
        } else {
            bytes.extend(name.bytes().chain([0]));
            bytes.resize(bytes.len().next_multiple_of(8), 0);
        }
        bytes
    }

    fn index(names: &[&str], version: u32, extension: &[u8]) -> Vec<u8> {
        let mut bytes = b"DIRC".to_vec();
        bytes.extend(version.to_be_bytes());
        bytes.extend((names.len() as u32).to_be_bytes());
        for (at, name) in names.iter().enumerate() {
            bytes.extend(entry(name, at.checked_sub(1).map_or("", |at| names[at]), version));
        }
        bytes.extend(extension);
        bytes.extend([0; 20]);
        bytes
    }

    fn names(bytes: Vec<u8>) -> Option<Vec<String>> {
        let index = Index::new(bytes, 20, (0, 0))?;
        let mut names = Vec::new();
        index.each(|name, _| names.push(String::from_utf8_lossy(name).into_owned()))?;
        Some(names)
    }

    #[test]
    fn every_version_and_unknown_extensions() {
        let expected = ["a/b", "a/bcdefgh", "a/c", "zz"];
        for version in 2..=4 {
            assert_eq!(names(index(&expected, version, b"")).unwrap(), expected);
            assert_eq!(names(index(&expected, version, b"TREE\0\0\0\x02ab")).unwrap(), expected);
            assert_eq!(names(index(&expected, version, b"link\0\0\0\x02ab")), None, "a split index");
            assert_eq!(names(index(&expected, version, b"TREE\0\0\0\x09ab")), None, "cut off");
        }
        assert_eq!(names(index(&expected, 5, b"")), None);
    }

    #[test]
    fn damage_is_never_worse_than_an_answer() {
        for version in 2..=4 {
            let whole = index(&["a/b", "a/bcdefgh", "a/c"], version, b"TREE\0\0\0\x02ab");
            let all = names(whole.clone());
            for end in 0..whole.len() {
                let cut = names(whole[..end].to_vec());
                // Cut right behind an extension, it is a whole one with a wrong checksum.
                assert!(cut.is_none() || cut == all, "cut at {end}: {cut:?}");
            }
            for at in 0..whole.len() {
                for byte in [0, 1, 0x7F, 0x80, 0xFF] {
                    let mut damaged = whole.clone();
                    damaged[at] = byte;
                    let _ = names(damaged);
                }
            }
        }
    }
}
