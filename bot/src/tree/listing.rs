//! What lies in a folder, and what kind of thing it is. Links are not followed.

use super::index::Seen;
use std::ffi::{OsStr, OsString};
use std::path::Path;

/// A kind of thing in a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    File,
    Folder,
    Link,
    /// A pipe, a socket, a device: nothing that is read.
    Other,
}

/// The folder that listed ones lie in, held open: the way to it is then not looked up each time.
pub struct Root {
    #[cfg(target_os = "linux")]
    folder: std::os::fd::OwnedFd,
    /// The folder around the last one that was listed, held open as well: the next one mostly lies in it too.
    #[cfg(target_os = "linux")]
    around: Option<(OsString, std::os::fd::OwnedFd)>,
    #[cfg(not(target_os = "linux"))]
    folder: std::path::PathBuf,
    #[cfg(target_os = "linux")]
    buffer: Vec<u8>,
    found: Found,
}

/// What lies in a folder, kept from one listing to the next: names are then written where others stood.
#[derive(Default)]
struct Found {
    entries: Vec<(OsString, Kind)>,
    count: usize,
}

impl Found {
    fn add(&mut self, name: &OsStr, kind: Kind) {
        match self.entries.get_mut(self.count) {
            Some((known, of)) => {
                known.clear();
                known.push(name);
                *of = kind;
            }
            None => self.entries.push((name.to_owned(), kind)),
        }
        self.count += 1;
    }

    fn all(&self) -> &[(OsString, Kind)] {
        &self.entries[..self.count]
    }
}

/// A folder and what lies in it.
pub struct Listing<'r> {
    pub entries: &'r [(OsString, Kind)],
    #[cfg(target_os = "linux")]
    folder: std::os::fd::OwnedFd,
}

#[cfg(target_os = "linux")]
impl Root {
    pub fn open(folder: &Path) -> std::io::Result<Self> {
        use rustix::fs::{Mode, OFlags, open};
        let folder = open(folder, OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?;
        Ok(Self { folder, around: None, buffer: Vec::with_capacity(32 << 10), found: Found::default() })
    }

    /// Lists a folder through one buffer and without a call for each name: a large repository has tens of thousands
    /// of folders.
    pub fn list(&mut self, folder: &OsStr) -> std::io::Result<Listing<'_>> {
        use rustix::fs::{AtFlags, FileType, Mode, OFlags, RawDir, openat, statat};
        use std::os::unix::ffi::OsStrExt as _;

        // A link in the folder's place is no folder.
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let bytes = folder.as_bytes();
        let folder = match memchr::memrchr(b'/', bytes) {
            Some(slash) => {
                let around = OsStr::from_bytes(&bytes[..slash]);
                let known = self.around.take().filter(|(name, _)| name == around);
                let (name, open) = match known {
                    Some(known) => known,
                    None => {
                        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
                        (around.to_owned(), openat(&self.folder, around, flags, Mode::empty())?)
                    }
                };
                let folder = openat(&open, OsStr::from_bytes(&bytes[slash + 1..]), flags, Mode::empty());
                self.around = Some((name, open));
                folder?
            }
            None if bytes.is_empty() => openat(&self.folder, OsStr::new("."), flags, Mode::empty())?,
            None => openat(&self.folder, folder, flags, Mode::empty())?,
        };
        let mut entries = RawDir::new(&folder, self.buffer.spare_capacity_mut());
        self.found.count = 0;
        while let Some(entry) = entries.next() {
            let entry = entry?;
            let name = entry.file_name().to_bytes();
            if matches!(name, b"." | b"..") {
                continue;
            }
            let kind = match entry.file_type() {
                // Some file systems do not say it here.
                FileType::Unknown => statat(&folder, entry.file_name(), AtFlags::SYMLINK_NOFOLLOW)
                    .map_or(FileType::Unknown, |data| FileType::from_raw_mode(data.st_mode)),
                kind => kind,
            };
            let kind = match kind {
                FileType::RegularFile => Kind::File,
                FileType::Directory => Kind::Folder,
                FileType::Symlink => Kind::Link,
                _ => Kind::Other,
            };
            self.found.add(OsStr::from_bytes(name), kind);
        }
        Ok(Listing { entries: self.found.all(), folder })
    }
}

#[cfg(target_os = "linux")]
impl Listing<'_> {
    /// What the file system says of a file in the folder.
    pub fn seen(&self, name: &OsStr) -> Option<Seen> {
        use rustix::fs::{AtFlags, statat};
        let data = statat(&self.folder, name, AtFlags::SYMLINK_NOFOLLOW).ok()?;
        Some(Seen {
            changed: (data.st_ctime as u32, data.st_ctime_nsec as u32),
            modified: (data.st_mtime as u32, data.st_mtime_nsec as u32),
            inode: data.st_ino as u32,
            size: data.st_size as u32,
        })
    }
}

#[cfg(not(target_os = "linux"))]
impl Root {
    pub fn open(folder: &Path) -> std::io::Result<Self> {
        Ok(Self { folder: folder.to_owned(), found: Found::default() })
    }

    /// Lists a folder.
    pub fn list(&mut self, folder: &OsStr) -> std::io::Result<Listing<'_>> {
        let kind = |kind: std::fs::FileType| match kind {
            kind if kind.is_symlink() => Kind::Link,
            kind if kind.is_dir() => Kind::Folder,
            kind if kind.is_file() => Kind::File,
            _ => Kind::Other,
        };
        self.found.count = 0;
        for entry in std::fs::read_dir(self.folder.join(folder))?.flatten() {
            if let Ok(of) = entry.file_type() {
                self.found.add(&entry.file_name(), kind(of));
            }
        }
        Ok(Listing { entries: self.found.all() })
    }
}

#[cfg(not(target_os = "linux"))]
impl Listing<'_> {
    /// What is written down elsewhere is not known to be comparable with what git wrote.
    pub fn seen(&self, _: &OsStr) -> Option<Seen> {
        None
    }
}
